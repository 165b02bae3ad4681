using HomeHub.Core.Board;
using HomeHub.Testing.Board;

namespace HomeHub.Hardware.Tests;

/// <summary>The doubles hold the same contracts as what they stand in for.</summary>
public sealed class InMemoryLightTests : StatusLightContract
{
    protected override StatusLightBench Open() => new Bench();

    private sealed class Bench : StatusLightBench
    {
        private readonly InMemoryLight _light = new();

        public override IStatusLight Light => _light;

        public override LightPattern See() => _light.Now;
    }
}

public sealed class InMemoryBuzzerTests : BuzzerContract
{
    protected override BuzzerBench Open()
    {
        var buzzer = new InMemoryBuzzer(TimeProvider.System);
        return new BuzzerBench(buzzer, () => buzzer.IsOn);
    }
}

public sealed class InMemoryButtonTests : ButtonContract
{
    protected override ButtonBench Open()
    {
        var button = new InMemoryButton();
        return new ButtonBench(button, button.Move);
    }
}
