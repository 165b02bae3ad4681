using HomeHub.Core.Board;
using HomeHub.Hardware.Leds;
using HomeHub.Testing;
using HomeHub.Testing.Board;
using HomeHub.Testing.Time;

namespace HomeHub.Hardware.Tests.Leds;

/// <summary>The light of the LED class over recorded files, of many steps of brightness, blinked by the kernel before.</summary>
public sealed class RecordedLedContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedLedBench(255, "heartbeat");
}

/// <summary>One that is only on or off.</summary>
public sealed class RecordedTwoStateLedContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedLedBench(1, "none");
}

internal sealed class RecordedLedBench : StatusLightBench
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly RecordedLed _led;

    public RecordedLedBench(int brightest, string trigger)
    {
        _led = new RecordedLed(brightest, trigger);
        Light = LedClassLight.Open(_led, new BoardPlace(BoardPlaceKind.Led, "homehub:status"), _time);
    }

    public override IStatusLight Light { get; }

    public override LightPattern See() => _led.See(_time.Advance);
}
