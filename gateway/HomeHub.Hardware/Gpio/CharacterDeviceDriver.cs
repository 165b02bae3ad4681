using System.Device.Gpio;
using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>
/// One line of a chip for <see cref="GpioController"/>, by the kernel's GPIO character device, second interface (Linux 5.10 and later): what draws the line, active low, debounce and stamped edges are
/// the kernel's, and no library is needed. Values are logical: high is "on" or "pressed", also of a line that is active low.
/// </summary>
internal sealed class CharacterDeviceDriver : GpioDriver
{
    /// <summary>Who uses the line, as <c>gpioinfo</c> shows it.</summary>
    public const string User = "homehub";

    private readonly IKernel _kernel;
    private readonly GpioLine _line;
    private readonly ulong _flags;
    private readonly TimeSpan _debounce;
    private readonly Lock _gate = new();
    private readonly List<(PinEventTypes Kinds, PinChangeEventHandler Handler)> _handlers = [];
    private int _chip, _descriptor = -1;
    private PinMode _mode = PinMode.Input;
    private EventReader? _reader;

    /// <summary>Opens the chip.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="line">The line.</param>
    /// <param name="place">What is asked of it.</param>
    /// <param name="debounce">How long the kernel waits for contacts to settle before it tells an edge.</param>
    /// <exception cref="PlaceException">The chip can't be opened.</exception>
    public CharacterDeviceDriver(IKernel kernel, GpioLine line, BoardPlace place, TimeSpan debounce)
    {
        (_kernel, _line, _flags, _debounce) = (kernel, line, GpioAbi.FlagsOf(place), debounce);
        _chip = kernel.Open(line.Chip, isWritten: true);
        if (_chip < 0)
        {
            throw PlaceException.Of(-_chip, $"{line.Chip} can't be opened");
        }
    }

    /// <summary>Whether the kernel debounces the line; the drivers of some chips don't let it.</summary>
    public bool IsDebounced { get; private set; }

    /// <summary>Raised when no more edges come: the chip went away.</summary>
    public event Action? Lost;

    protected override int PinCount => 1;

    protected override void OpenPin(int pinNumber) => RequireLine(pinNumber);

    protected override void ClosePin(int pinNumber)
    {
        lock (_gate)
        {
            _handlers.Clear();
        }

        Release();
    }

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => mode is PinMode.Input or PinMode.Output;

    protected override void SetPinMode(int pinNumber, PinMode mode) => SetPinMode(pinNumber, mode, PinValue.Low);

    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue)
    {
        RequireLine(pinNumber);
        Release();
        _mode = mode;
        Request(mode == PinMode.Output ? GpioAbi.Output : GpioAbi.Input, mode == PinMode.Output ? initialValue == PinValue.High : null);
    }

    protected override PinMode GetPinMode(int pinNumber) => _mode;

    protected override PinValue Read(int pinNumber)
    {
        Span<byte> values = stackalloc byte[GpioAbi.ValuesBytes];
        GpioAbi.WriteValue(values, false);
        Check(_kernel.Control(_descriptor, GpioAbi.GetValues, values), "can't be read");
        return GpioAbi.ReadValue(values) ? PinValue.High : PinValue.Low;
    }

    protected override void Write(int pinNumber, PinValue value)
    {
        Span<byte> values = stackalloc byte[GpioAbi.ValuesBytes];
        GpioAbi.WriteValue(values, value == PinValue.High);
        Check(_kernel.Control(_descriptor, GpioAbi.SetValues, values), "can't be set");
    }

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback)
    {
        lock (_gate)
        {
            _handlers.Add((eventTypes, callback));
        }

        if (_reader is null)
        {
            Release();
            Request(GpioAbi.Input | GpioAbi.EdgeRising | GpioAbi.EdgeFalling, null);
            _reader = new EventReader(_descriptor, GpioAbi.EventBytes, "gpio", TakeEvent, () => Lost?.Invoke());
        }
    }

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback)
    {
        lock (_gate)
        {
            _handlers.RemoveAll(one => one.Handler == callback);
        }
    }

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken)
    {
        using var came = new SemaphoreSlim(0);
        PinEventTypes kind = PinEventTypes.None;
        PinChangeEventHandler handler = (_, edge) =>
        {
            kind = edge.ChangeType;
            came.Release();
        };
        AddCallbackForPinValueChangedEvent(pinNumber, eventTypes, handler);
        try
        {
            came.Wait(cancellationToken);
            return new WaitForEventResult { EventTypes = kind };
        }
        catch (OperationCanceledException)
        {
            return new WaitForEventResult { TimedOut = true };
        }
        finally
        {
            RemoveCallbackForPinValueChangedEvent(pinNumber, handler);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (_chip >= 0)
        {
            Release();
            LibC.Close(_chip);
            _chip = -1;
        }

        base.Dispose(disposing);
    }

    private void RequireLine(int pin)
    {
        if (pin != _line.Offset)
        {
            throw new ArgumentOutOfRangeException(nameof(pin), pin, $"This driver is for line {_line.Offset} only.");
        }
    }

    private void Request(ulong flags, bool? isOn)
    {
        bool isEdge = (flags & GpioAbi.EdgeRising) != 0;
        int descriptor = TryRequest(flags, isOn, isEdge ? _debounce : null);
        if (descriptor < 0 && isEdge && -descriptor is not (LibC.Busy or LibC.NotPermitted or LibC.AccessDenied))
        {
            // The drivers of some chips (those behind USB or I2C, whose interrupts are threads) refuse to be debounced; the rule of the button waits for contacts, too.
            descriptor = TryRequest(flags, isOn, null);
        }
        else
        {
            IsDebounced = isEdge && descriptor >= 0;
        }

        _descriptor = descriptor >= 0 ? descriptor : throw Refused(-descriptor, isEdge);
    }

    private int TryRequest(ulong flags, bool? isOn, TimeSpan? debounce)
    {
        Span<byte> request = stackalloc byte[GpioAbi.RequestBytes];
        request.Clear();
        GpioAbi.WriteRequest(request, _line.Offset, flags | _flags, isOn, debounce, User);
        int result = _kernel.Control(_chip, GpioAbi.GetLine, request);
        return result < 0 ? result : GpioAbi.ReadDescriptor(request);
    }

    private PlaceException Refused(int error, bool isEdge)
    {
        string what = $"line {_line.Offset} of {_line.Chip} can't be had";
        if (error == LibC.Busy)
        {
            Span<byte> info = stackalloc byte[GpioAbi.LineInfoBytes];
            info.Clear();
            BitConverter.TryWriteBytes(info[64..], _line.Offset);
            string user = _kernel.Control(_chip, GpioAbi.GetLineInfo, info) >= 0 ? GpioAbi.ReadLineInfo(info).User : "";
            return new PlaceException(BoardCondition.Busy, user.Length > 0 ? $"{what}: {user} uses it" : $"{what}: it is in use");
        }

        return error switch
        {
            LibC.NoSuchDeviceOrAddress when isEdge => new PlaceException(BoardCondition.Failed, $"{what}: this chip tells no edges"),
            LibC.Invalid => new PlaceException(BoardCondition.Failed, $"{what}: there is no such line, or it can't do what is asked of it"),
            _ => PlaceException.Of(error, what),
        };
    }

    private void Check(int result, string what)
    {
        if (result < 0)
        {
            throw PlaceException.Of(-result, $"line {_line.Offset} of {_line.Chip} {what}");
        }
    }

    private void TakeEvent(ReadOnlySpan<byte> record)
    {
        (TimeSpan at, uint number) = GpioAbi.ReadEvent(record);
        PinEventTypes kind = number == GpioAbi.Rising ? PinEventTypes.Rising : PinEventTypes.Falling;
        PinChangeEventHandler[] told;
        lock (_gate)
        {
            told = [.. _handlers.Where(one => (one.Kinds & kind) != 0).Select(one => one.Handler)];
        }

        foreach (PinChangeEventHandler handler in told)
        {
            handler(this, new StampedPinEventArgs(kind, _line.Offset, at));
        }
    }

    private void Release()
    {
        if (_reader is { } reader)
        {
            _reader = null;
            reader.Dispose();
        }
        else if (_descriptor >= 0)
        {
            LibC.Close(_descriptor);
        }

        _descriptor = -1;
    }
}
