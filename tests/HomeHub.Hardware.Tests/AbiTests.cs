using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;
using HomeHub.Hardware.Inputs;

namespace HomeHub.Hardware.Tests;

/// <summary>Octets against those that a C compiler makes of the kernel's headers.</summary>
public sealed class AbiTests
{
    [Fact]
    public void Requests_have_the_numbers_of_the_kernels_headers()
    {
        Assert.Equal(GpioAbi.GetChip, AbiVectors.Number("GetChip"));
        Assert.Equal(GpioAbi.GetLineInfo, AbiVectors.Number("GetLineInfo"));
        Assert.Equal(GpioAbi.GetLine, AbiVectors.Number("GetLine"));
        Assert.Equal(GpioAbi.GetValues, AbiVectors.Number("GetValues"));
        Assert.Equal(GpioAbi.SetValues, AbiVectors.Number("SetValues"));
        Assert.Equal(InputAbi.SetClock, AbiVectors.Number("SetClock"));
        Assert.Equal(AbiVectors.Number("GetName"), InputAbi.GetName);
        Assert.Equal(AbiVectors.Number("GetKeys"), InputAbi.GetKeys);
        Assert.Equal(AbiVectors.Number("GetCodesKey"), InputAbi.GetCodes(InputAbi.Key, InputAbi.KeyBytes));
        Assert.Equal(AbiVectors.Number("GetCodesSound"), InputAbi.GetCodes(InputAbi.Snd, InputAbi.SoundBytes));
    }

    [Fact]
    public void A_line_is_asked_for_as_the_kernels_headers_lay_it_out()
    {
        byte[] output = new byte[GpioAbi.RequestBytes], input = new byte[GpioAbi.RequestBytes];
        GpioAbi.WriteRequest(output, 17, GpioAbi.Output | GpioAbi.FlagsOf(BoardPlace.TryParse("gpio:x,active-low")!), true, null, CharacterDeviceDriver.User);
        Assert.Equal(AbiVectors.Octets("AskOutput"), output);
        ulong flags = GpioAbi.Input | GpioAbi.EdgeRising | GpioAbi.EdgeFalling | GpioAbi.FlagsOf(BoardPlace.TryParse("gpio:x,pull-up")!);
        GpioAbi.WriteRequest(input, 300, flags, null, ButtonGestures.Settle, CharacterDeviceDriver.User);
        Assert.Equal(AbiVectors.Octets("AskInput"), input);
        Assert.Equal(77, GpioAbi.ReadDescriptor(AbiVectors.Octets("Granted77")));
    }

    [Fact]
    public void What_the_kernel_tells_of_chips_and_lines_is_read()
    {
        Assert.Equal(8, GpioAbi.ReadLineCount(AbiVectors.Octets("Chip")));
        Assert.Equal(("homehub-light", "someone", GpioAbi.Used | GpioAbi.Output), GpioAbi.ReadLineInfo(AbiVectors.Octets("LineInfo")));
        byte[] values = new byte[GpioAbi.ValuesBytes];
        GpioAbi.WriteValue(values, true);
        Assert.Equal(AbiVectors.Octets("ValueOn"), values);
        Assert.True(GpioAbi.ReadValue(values));
        (TimeSpan at, uint kind) = GpioAbi.ReadEvent(AbiVectors.Octets("Falling"));
        Assert.Equal((12_345_678_901, GpioAbi.Falling), (at.Ticks, kind));
    }

    [Fact]
    public void Events_of_input_devices_are_read_and_written()
    {
        Assert.Equal((TimeSpan.FromSeconds(1234.56789), InputAbi.Key, (ushort)148, 1), InputAbi.ReadEvent(AbiVectors.Octets("KeyDown")));
        byte[] tone = new byte[InputAbi.EventBytes];
        InputAbi.WriteEvent(tone, InputAbi.Snd, InputAbi.Tone, InputBuzzer.Hertz);
        Assert.Equal(AbiVectors.Octets("Tone"), tone);
    }
}
