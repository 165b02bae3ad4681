using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Inputs;

/// <summary>A buzzer that the kernel has as an input device with a tone, as <c>pwm-beeper</c> makes it.</summary>
/// <param name="descriptor">The device; closed when this is disposed of, which silences it.</param>
/// <param name="place">Where it is.</param>
internal sealed class InputBuzzer(int descriptor, BoardPlace place) : IBuzzer
{
    /// <summary>Pitch of the tone, in Hz: what small buzzers are loudest at, and ears that have lost the high tones still hear.</summary>
    public const int Hertz = 2_000;

    private readonly Lock _gate = new();
    private bool _isDisposed;

    public string Place { get; } = place.ToString();

    public bool Sound(bool isOn)
    {
        lock (_gate)
        {
            return !_isDisposed && Write(isOn ? Hertz : 0);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                Write(0);
                LibC.Close(descriptor);
            }
        }
    }

    private unsafe bool Write(int hertz)
    {
        Span<byte> both = stackalloc byte[2 * InputAbi.EventBytes];
        InputAbi.WriteEvent(both[..InputAbi.EventBytes], InputAbi.Snd, InputAbi.Tone, hertz);
        InputAbi.WriteEvent(both[InputAbi.EventBytes..], InputAbi.Syn, 0, 0);
        fixed (byte* first = both)
        {
            return LibC.Write(descriptor, first, (nuint)both.Length) == both.Length;
        }
    }
}
