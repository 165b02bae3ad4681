using HomeHub.Hardware.Gpio;
using HomeHub.Hardware.Inputs;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Tests;

/// <summary>
/// A double of open(2) and ioctl(2) that answers with the octets of <see cref="AbiVectors"/>; what is read, written, polled and closed are descriptors of the real kernel (pipes), so that threads and ends
/// are real. Safe for several threads.
/// </summary>
internal sealed unsafe partial class RecordedKernel : IKernel, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, string> _files = [];
    private readonly Dictionary<int, RecordedLine> _granted = [];
    private readonly List<int> _writeEnds = [];

    /// <summary>Chips by their files, each with its lines.</summary>
    public Dictionary<string, List<RecordedLine>> Chips { get; } = [];

    /// <summary>Input devices by their files.</summary>
    public Dictionary<string, RecordedInput> Inputs { get; } = [];

    /// <summary>Files that can't be opened, and the error number.</summary>
    public Dictionary<string, int> Refusals { get; } = [];

    public IReadOnlyList<string> ListChips() => [.. Chips.Keys];

    public IReadOnlyList<string> ListInputs() => [.. Inputs.Keys];

    public int Open(string path, bool isWritten)
    {
        if (Refusals.TryGetValue(path, out int error))
        {
            return -error;
        }

        lock (_gate)
        {
            if (Inputs.TryGetValue(path, out RecordedInput? input))
            {
                input.Descriptor = isWritten ? OpenFile(input.WrittenTo) : OpenPipe(out int writeEnd, input);
                _files[input.Descriptor] = path;
                return input.Descriptor;
            }

            if (!Chips.ContainsKey(path))
            {
                return -LibC.NoEntry;
            }

            int descriptor = OpenFile("/dev/null");
            _files[descriptor] = path;
            return descriptor;
        }
    }

    public int Control(int descriptor, uint request, Span<byte> argument)
    {
        lock (_gate)
        {
            if (_granted.TryGetValue(descriptor, out RecordedLine? granted) && request is GpioAbi.GetValues or GpioAbi.SetValues)
            {
                return ControlLine(granted!, request, argument);
            }

            return _files.TryGetValue(descriptor, out string? file) && Chips.TryGetValue(file, out List<RecordedLine>? lines) ? ControlChip(lines, request, argument)
                : file is not null && Inputs.TryGetValue(file, out RecordedInput? input) ? ControlInput(input, request, argument) : -LibC.Invalid;
        }
    }

    public void Dispose()
    {
        foreach (int descriptor in _writeEnds)
        {
            LibC.Close(descriptor);
        }

        // A number that is closed again may be somebody else's file by then.
        _writeEnds.Clear();
    }

    /// <summary>The finger on a line: the recorded edge with its time and kind.</summary>
    public static void Move(RecordedLine line, bool isPressed, TimeSpan at)
    {
        byte[] edge = AbiVectors.Octets("Falling");
        BitConverter.TryWriteBytes(edge, (ulong)at.Ticks * TimeSpan.NanosecondsPerTick);
        BitConverter.TryWriteBytes(edge.AsSpan(8), isPressed ? GpioAbi.Rising : GpioAbi.Falling);
        Write(line.WriteEnd, edge);
    }

    /// <summary>An event of an input device, then the mark that ends a packet.</summary>
    public static void Tell(RecordedInput input, ushort type, ushort code, int value, TimeSpan at, bool isMarked = true)
    {
        byte[] record = AbiVectors.Octets("KeyDown"), mark = new byte[InputAbi.EventBytes];
        InputAbi.WriteEvent(record, type, code, value);
        BitConverter.TryWriteBytes(record, at.Ticks / TimeSpan.TicksPerSecond);
        BitConverter.TryWriteBytes(record.AsSpan(8), at.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond);
        record.AsSpan(0, 16).CopyTo(mark);
        Write(input.WriteEnd, record);
        if (isMarked)
        {
            Write(input.WriteEnd, mark);
        }
    }

    private static void Write(int descriptor, byte[] octets)
    {
        fixed (byte* first = octets)
        {
            LibC.Write(descriptor, first, (nuint)octets.Length);
        }
    }

    private static int ControlLine(RecordedLine line, uint request, Span<byte> argument)
    {
        if (line.IsGone)
        {
            return -LibC.NoDevice;
        }

        if (request == GpioAbi.SetValues)
        {
            line.IsOn = GpioAbi.ReadValue(argument);
        }
        else
        {
            GpioAbi.WriteValue(argument, line.IsOn);
        }

        return 0;
    }

    private int ControlChip(List<RecordedLine> lines, uint request, Span<byte> argument)
    {
        switch (request)
        {
            case GpioAbi.GetChip:
                AbiVectors.Octets("Chip").CopyTo(argument);
                BitConverter.TryWriteBytes(argument[64..], lines.Count);
                return 0;
            case GpioAbi.GetLineInfo:
                int offset = BitConverter.ToInt32(argument[64..]);
                AbiVectors.Octets("LineInfo").CopyTo(argument);
                argument[..64].Clear();
                System.Text.Encoding.ASCII.GetBytes(lines[offset].Name, argument);
                System.Text.Encoding.ASCII.GetBytes(lines[offset].User, argument[32..]);
                return 0;
            case GpioAbi.GetLine:
                return Grant(lines, argument);
            default:
                return -LibC.Invalid;
        }
    }

    private int Grant(List<RecordedLine> lines, Span<byte> argument)
    {
        int offset = BitConverter.ToInt32(argument);
        if (offset >= lines.Count)
        {
            return -LibC.Invalid;
        }

        RecordedLine line = lines[offset];
        line.Asked.Add(argument.ToArray());
        bool isDebounced = BitConverter.ToInt32(argument[296..]) > 0 && BitConverter.ToInt32(argument[320..]) == 3;
        bool hasEdges = (BitConverter.ToUInt64(argument[288..]) & GpioAbi.EdgeRising) != 0;
        int refused = hasEdges && line.RefusesEdges is { } noEdges ? noEdges : isDebounced && line.RefusesDebounce is { } why ? why : line.Refuses;
        if (refused != 0)
        {
            return -refused;
        }

        int descriptor = OpenPipe(out int writeEnd);
        (line.WriteEnd, line.IsOn) = (writeEnd, BitConverter.ToInt32(argument[296..]) > 0 && BitConverter.ToInt32(argument[320..]) == 2 && argument[328] == 1);
        _granted[descriptor] = line;
        BitConverter.TryWriteBytes(argument[588..], descriptor);
        return 0;
    }

    private static int ControlInput(RecordedInput input, uint request, Span<byte> argument)
    {
        if (request == InputAbi.GetName)
        {
            int length = System.Text.Encoding.UTF8.GetBytes(input.Name + "\0", argument);
            return length;
        }

        if (request == InputAbi.SetClock)
        {
            input.Clock = BitConverter.ToUInt32(argument);
            return input.RefusesClock ? -LibC.Invalid : 0;
        }

        int[]? codes = request == InputAbi.GetCodes(InputAbi.Key, InputAbi.KeyBytes) ? input.Keys : request == InputAbi.GetCodes(InputAbi.Snd, InputAbi.SoundBytes) ? input.Sounds
            : request == InputAbi.GetKeys ? input.Down : null;
        foreach (int code in codes ?? [])
        {
            argument[code / 8] |= (byte)(1 << (code % 8));
        }

        return codes is null ? -LibC.Invalid : 0;
    }

    private static int OpenFile(string path)
    {
        int descriptor = LibC.Open(path, LibC.ReadWrite | LibC.CloseOnExec);
        return descriptor >= 0 ? descriptor : throw new IOException($"{path}: {LibC.LastError}");
    }

    private int OpenPipe(out int writeEnd, RecordedInput input)
    {
        int descriptor = OpenPipe(out writeEnd);
        input.WriteEnd = writeEnd;
        return descriptor;
    }

    private int OpenPipe(out int writeEnd)
    {
        int* ends = stackalloc int[2];
        if (Pipe(ends, LibC.CloseOnExec) != 0)
        {
            throw new IOException("pipe2");
        }

        writeEnd = ends[1];
        _writeEnds.Add(writeEnd);
        return ends[0];
    }

    [System.Runtime.InteropServices.LibraryImport("libc", EntryPoint = "pipe2")]
    private static partial int Pipe(int* ends, int flags);
}
