using HomeHub.Core.Board;
using HomeHub.Hardware.Inputs;
using HomeHub.Testing.Board;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Hardware.Tests.Inputs;

/// <summary>The button of an input device, over a record of the kernel's answers; events come through a real descriptor.</summary>
public sealed class RecordedInputButtonContractTests : ButtonContract, IDisposable
{
    private readonly RecordedKernel _kernel = new();

    public void Dispose() => _kernel.Dispose();

    protected override ButtonBench Open()
    {
        var input = new RecordedInput("homehub-button") { Keys = [148] };
        _kernel.Inputs["/dev/input/event3"] = input;
        BoardPlace place = BoardPlace.TryParse("input:homehub-button")!;
        int descriptor = new InputDevices(_kernel, _kernel.ListInputs).Open(place.Name!, InputAbi.Key, null)!.Value;
        return new ButtonBench(new InputButton(_kernel, descriptor, place, TimeProvider.System, NullLogger.Instance), (isPressed, at) => RecordedKernel.Tell(input, InputAbi.Key, 148, isPressed ? 1 : 0, at));
    }
}

/// <summary>The buzzer of an input device: what is written to it goes to a file.</summary>
public sealed class RecordedInputBuzzerContractTests : BuzzerContract, IDisposable
{
    private readonly RecordedKernel _kernel = new();
    private readonly string _file = Path.GetTempFileName();

    public void Dispose()
    {
        _kernel.Dispose();
        File.Delete(_file);
    }

    protected override BuzzerBench Open()
    {
        _kernel.Inputs["/dev/input/event4"] = new RecordedInput("homehub-buzzer") { Sounds = [InputAbi.Tone], WrittenTo = _file };
        BoardPlace place = BoardPlace.TryParse("input:homehub-buzzer")!;
        return new BuzzerBench(new InputBuzzer(new InputDevices(_kernel, _kernel.ListInputs).Open(place.Name!, InputAbi.Snd, InputAbi.Tone)!.Value, place), Hears);
    }

    private bool Hears()
    {
        byte[] written = File.ReadAllBytes(_file);
        Assert.Equal(0, written.Length % (2 * InputAbi.EventBytes));
        if (written.Length == 0)
        {
            return false;
        }

        (_, ushort type, ushort code, int hertz) = InputAbi.ReadEvent(written.AsSpan(written.Length - (2 * InputAbi.EventBytes)));
        Assert.Equal((InputAbi.Snd, InputAbi.Tone), (type, code));
        return hertz > 0;
    }
}
