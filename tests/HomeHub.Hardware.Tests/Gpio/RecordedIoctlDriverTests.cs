using System.Device.Gpio;
using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;
using HomeHub.Hardware.Kernel;
using HomeHub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Hardware.Tests.Gpio;

/// <summary>The driver of GpioController over a record of the kernel's answers.</summary>
public sealed class RecordedIoctlDriverTests : IDisposable
{
    private readonly RecordedKernel _kernel = RecordedIoctl.Chip(out _);
    private readonly RecordedLine _line;

    public RecordedIoctlDriverTests() => _line = _kernel.Chips[RecordedIoctl.Line.Chip][RecordedIoctl.Line.Offset];

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void An_output_is_asked_for_off_and_switched()
    {
        using var output = new GpioOutput(_kernel, RecordedIoctl.Line, BoardPlace.TryParse("gpio:line-5,active-low")!);
        Assert.False(_line.IsOn);
        byte[] asked = Assert.Single(_line.Asked);
        Assert.Equal(GpioAbi.Output | GpioAbi.ActiveLow, BitConverter.ToUInt64(asked, 288));
        Assert.True(output.Set(true));
        Assert.True(_line.IsOn);
        _line.IsGone = true;
        Assert.False(output.Set(false));
    }

    [Fact]
    public void A_button_is_debounced_by_the_kernel_and_by_the_hub_where_the_kernel_refuses()
    {
        using (var button = new GpioButton(_kernel, RecordedIoctl.Line, BoardPlace.TryParse("gpio:line-5,pull-up,active-low")!, NullLogger.Instance))
        {
            Assert.True(button.IsDebounced);
            byte[] asked = _line.Asked[^1];
            Assert.Equal(GpioAbi.Input | GpioAbi.EdgeRising | GpioAbi.EdgeFalling | GpioAbi.PullUp | GpioAbi.ActiveLow, BitConverter.ToUInt64(asked, 288));
            Assert.Equal(30_000, BitConverter.ToInt32(asked, 328));
        }

        _line.RefusesDebounce = LibC.Invalid;
        using var other = new GpioButton(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, NullLogger.Instance);
        Assert.False(other.IsDebounced);
        Assert.Equal(0, BitConverter.ToInt32(_line.Asked[^1], 296));
    }

    [Theory]
    [InlineData(LibC.Busy, "someone", BoardCondition.Busy, "line 5 of /dev/gpiochip0 can't be had: someone uses it")]
    [InlineData(LibC.NotPermitted, "", BoardCondition.NotPermitted, "line 5 of /dev/gpiochip0 can't be had: this user may not")]
    [InlineData(LibC.Invalid, "", BoardCondition.Failed, "line 5 of /dev/gpiochip0 can't be had: there is no such line, or it can't do what is asked of it")]
    [InlineData(5, "", BoardCondition.Failed, "line 5 of /dev/gpiochip0 can't be had: error 5 of the kernel")]
    public void Why_a_line_can_not_be_had_is_said(int error, string user, BoardCondition condition, string message)
    {
        (_line.Refuses, _line.User) = (error, user);
        PlaceException refused = Assert.Throws<PlaceException>(() => new GpioOutput(_kernel, RecordedIoctl.Line, RecordedIoctl.Place));
        Assert.Equal((condition, message), (refused.Condition, refused.Message));
    }

    [Fact]
    public void A_chip_that_tells_no_edges_is_no_place_for_a_button()
    {
        _line.RefusesEdges = LibC.NoSuchDeviceOrAddress;
        PlaceException refused = Assert.Throws<PlaceException>(() => new GpioButton(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, NullLogger.Instance));
        Assert.Equal((BoardCondition.Failed, "line 5 of /dev/gpiochip0 can't be had: this chip tells no edges"), (refused.Condition, refused.Message));
    }

    [Fact]
    public void The_chip_itself_may_be_refused()
    {
        _kernel.Refusals["/dev/gpiochip0"] = LibC.AccessDenied;
        PlaceException refused = Assert.Throws<PlaceException>(() => new GpioOutput(_kernel, RecordedIoctl.Line, RecordedIoctl.Place));
        Assert.Equal((BoardCondition.NotPermitted, "/dev/gpiochip0 can't be opened: this user may not"), (refused.Condition, refused.Message));
    }

    [Fact]
    public async Task It_is_a_driver_of_GpioController_as_any()
    {
        using var controller = new GpioController(new CharacterDeviceDriver(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, ButtonGestures.Settle));
        using GpioPin pin = controller.OpenPin(5, PinMode.Input);
        Assert.Equal(PinValue.Low, pin.Read());
        _line.IsOn = true;
        Assert.Equal(PinValue.High, pin.Read());
        Assert.Equal(PinMode.Input, pin.GetPinMode());
        Assert.False(controller.IsPinModeSupported(5, PinMode.InputPullUp));
        Task<WaitForEventResult> waiting = Task.Run(() => controller.WaitForEvent(5, PinEventTypes.Falling, Eventually.Deadline));
        await Eventually.HoldsAsync(() => _line.Asked.Count == 2, "edges are asked for");
        RecordedKernel.Move(_line, true, TimeSpan.FromSeconds(1));
        RecordedKernel.Move(_line, false, TimeSpan.FromSeconds(2));
        Assert.Equal((PinEventTypes.Falling, false), ((await waiting).EventTypes, (await waiting).TimedOut));
        Assert.True(controller.WaitForEvent(5, PinEventTypes.Falling, TimeSpan.FromMilliseconds(10)).TimedOut);
        Assert.Throws<ArgumentOutOfRangeException>(() => controller.OpenPin(4));
    }

    [Fact]
    public async Task Edges_that_come_no_more_are_told()
    {
        using var driver = new CharacterDeviceDriver(_kernel, RecordedIoctl.Line, RecordedIoctl.Place, ButtonGestures.Settle);
        var lost = new TaskCompletionSource();
        driver.Lost += lost.SetResult;
        using var controller = new GpioController(driver);
        controller.OpenPin(5, PinMode.Input);
        controller.RegisterCallbackForPinValueChangedEvent(5, PinEventTypes.Rising, (_, _) => { });
        _kernel.Dispose();
        await lost.Task.WaitAsync(Eventually.Deadline);
        Assert.True(lost.Task.IsCompletedSuccessfully);
    }
}
