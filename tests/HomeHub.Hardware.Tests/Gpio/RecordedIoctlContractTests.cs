using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;
using HomeHub.Testing;
using HomeHub.Testing.Board;
using HomeHub.Testing.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Hardware.Tests.Gpio;

/// <summary>The light on a GPIO line, over a record of the kernel's answers.</summary>
public sealed class RecordedIoctlLightContractTests : StatusLightContract
{
    protected override StatusLightBench Open() => new RecordedIoctlLightBench();
}

/// <summary>The buzzer on a GPIO line, over a record of the kernel's answers.</summary>
public sealed class RecordedIoctlBuzzerContractTests : BuzzerContract, IDisposable
{
    private readonly RecordedKernel _kernel = RecordedIoctl.Chip(out _);

    public void Dispose() => _kernel.Dispose();

    protected override BuzzerBench Open() =>
        new(new GpioBuzzer(_kernel, RecordedIoctl.Line, RecordedIoctl.Place), () => _kernel.Chips[RecordedIoctl.Line.Chip][RecordedIoctl.Line.Offset].IsOn);
}

/// <summary>The button on a GPIO line, over a record of the kernel's answers; edges come through a real descriptor.</summary>
public sealed class RecordedIoctlButtonContractTests : ButtonContract, IDisposable
{
    private readonly RecordedKernel _kernel = RecordedIoctl.Chip(out _);

    public void Dispose() => _kernel.Dispose();

    protected override ButtonBench Open()
    {
        var button = new GpioButton(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, NullLogger.Instance);
        return new ButtonBench(button, (isPressed, at) => RecordedKernel.Move(_kernel.Chips[RecordedIoctl.Line.Chip][RecordedIoctl.Line.Offset], isPressed, at));
    }
}

internal sealed class RecordedIoctlLightBench : StatusLightBench
{
    private readonly ManualTime _time = new(SampleReadings.Start);
    private readonly RecordedKernel _kernel = RecordedIoctl.Chip(out _);

    public RecordedIoctlLightBench() => Light = GpioLight.Open(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, _time);

    public override IStatusLight Light { get; }

    public override LightPattern See() => Judge(() => _kernel.Chips[RecordedIoctl.Line.Chip][RecordedIoctl.Line.Offset].IsOn, _time.Advance);

    public override void Dispose()
    {
        base.Dispose();
        _kernel.Dispose();
    }
}
