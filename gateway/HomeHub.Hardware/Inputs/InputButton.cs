using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;
using Microsoft.Extensions.Logging;

namespace HomeHub.Hardware.Inputs;

/// <summary>A button that the kernel has as a key of an input device, as <c>gpio-keys</c> makes it.</summary>
internal sealed class InputButton : IButton
{
    private readonly IKernel _kernel;
    private readonly int? _key;
    private readonly int _descriptor;
    private readonly EventReader _reader;
    private readonly TimeProvider _time;
    private bool _isDropped, _isShared;

    /// <summary>Begins to listen. The descriptor is closed when this is disposed of.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="descriptor">The device.</param>
    /// <param name="place">Where it is, with the code of the key.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told when the device went away.</param>
    /// <exception cref="PlaceException">The device can't tell when a key was pressed.</exception>
    public InputButton(IKernel kernel, int descriptor, BoardPlace place, TimeProvider time, ILogger logger)
    {
        (_kernel, _descriptor, _key, Place, _time) = (kernel, descriptor, place.Key, place.ToString(), time);
        Span<byte> clock = stackalloc byte[sizeof(uint)];
        BitConverter.TryWriteBytes(clock, InputAbi.Monotonic);
        int result = kernel.Control(descriptor, InputAbi.SetClock, clock);
        if (result < 0)
        {
            LibC.Close(descriptor);
            throw PlaceException.Of(-result, $"the clock of the input device {place.Name} can't be chosen");
        }

        _reader = new EventReader(descriptor, InputAbi.EventBytes, "button", Take, () => logger.LogWarning("The button {Place} went away", Place));
    }

    public event Action<ButtonEdge>? Changed;

    public string Place { get; }

    public void Dispose()
    {
        Changed = null;
        _reader.Dispose();
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        (TimeSpan at, ushort type, ushort code, int value) = InputAbi.ReadEvent(record);
        if (type == InputAbi.Syn && code == InputAbi.Dropped)
        {
            // Events were lost; those up to the next mark are to be ignored (Documentation/input/event-codes.rst), and what is so is asked for.
            _isDropped = true;
        }
        else if (type == InputAbi.Syn)
        {
            if (_isDropped)
            {
                Changed?.Invoke(new ButtonEdge(IsDown(), At(at)));
            }

            _isDropped = _isShared = false;
        }
        else if (type != InputAbi.Key)
        {
            _isShared = true;
        }
        else if (!_isDropped && (_key is null || code == _key) && value is 0 or 1)
        {
            // 2 is a key that repeats.
            Changed?.Invoke(new ButtonEdge(value == 1, At(at)));
        }
    }

    /// <summary>
    /// The kernel stamps all events up to a mark by the first of them. A light of the same device that its trigger blinks leaves events without a mark, and a key that is pressed much later would
    /// have their stamp: a short press would be a long one.
    /// </summary>
    private TimeSpan At(TimeSpan stamped) => _isShared ? _time.GetElapsedTime(0) : stamped;

    private bool IsDown()
    {
        Span<byte> keys = stackalloc byte[InputAbi.KeyBytes];
        keys.Clear();
        return _kernel.Control(_descriptor, InputAbi.GetKeys, keys) >= 0 && (_key is { } key ? InputAbi.Has(keys, key) : keys.ContainsAnyExcept((byte)0));
    }
}
