using HomeHub.Core.Board;
using HomeHub.Hardware.Leds;
using HomeHub.Testing;
using HomeHub.Testing.Board;
using HomeHub.Testing.Time;

namespace HomeHub.Hardware.Tests.Leds;

/// <summary>The light of the LED class over recorded files, dimmable, with the triggers of Debian's kernel.</summary>
public sealed class RecordedLedContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedLedBench(255, "timer", "pattern");
}

/// <summary>One that is only on or off, by the trigger <c>timer</c>.</summary>
public sealed class RecordedTwoStateLedContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedLedBench(1, "timer", "pattern");
}

/// <summary>One of a kernel without triggers: blinked by the hub.</summary>
public sealed class RecordedLedWithoutTriggersContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedLedBench(255);
}

internal sealed class RecordedLedBench : StatusLightBench
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly RecordedLed _led;

    public RecordedLedBench(int brightest, params string[] triggers)
    {
        _led = new RecordedLed(brightest, triggers);
        Light = new LedClassLight(_led, new BoardPlace(BoardPlaceKind.Led, "homehub:status"), _time);
    }

    public override IStatusLight Light { get; }

    public override LightPattern See() => _led.See(_time.Advance);
}
