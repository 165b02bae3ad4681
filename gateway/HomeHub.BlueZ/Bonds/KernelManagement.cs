using System.Globalization;
using System.Runtime.InteropServices;

namespace HomeHub.BlueZ.Bonds;

/// <summary>Listens on the kernel's Bluetooth control channel, read only. Needs CAP_NET_ADMIN; without it nothing is heard.</summary>
internal sealed partial class KernelManagement : IKernelManagement
{
    private const int AddressFamilyBluetooth = 31;
    private const int SocketRaw = 3;
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int ProtocolHci = 1;
    private const ushort NoDevice = 0xFFFF;
    private const ushort ControlChannel = 3;
    private const short Readable = 1;
    private const int NetAdminBit = 12;
    private const int MaxEventOctets = 1024;
    private const int InterruptedError = 4;
    private const int TryAgainError = 11;

    // A raw HCI socket can't be shut down to wake a reader, so it looks this often whether to end.
    private const int LookEveryMilliseconds = 500;

    private readonly int _socket = -1;
    private readonly Thread? _thread;
    private volatile bool _isOver;
    private volatile bool _isListening;

    /// <summary>Begins to listen, where that is permitted.</summary>
    public KernelManagement()
    {
        if (!MayListen())
        {
            return;
        }

        _socket = OpenSocket(AddressFamilyBluetooth, SocketRaw | CloseOnExec | NonBlocking, ProtocolHci);
        var address = new HciAddress { Family = AddressFamilyBluetooth, Device = NoDevice, Channel = ControlChannel };
        if (_socket < 0 || Bind(_socket, in address, Marshal.SizeOf<HciAddress>()) != 0)
        {
            return;
        }

        _isListening = true;
        _thread = new Thread(Listen) { IsBackground = true, Name = "bluetooth-management" };
        _thread.Start();
    }

    /// <inheritdoc/>
    public bool IsListening => _isListening;

    /// <inheritdoc/>
    public event Action<KernelEvent>? Heard;

    public void Dispose()
    {
        _isOver = true;
        _thread?.Join();
        if (_socket >= 0)
        {
            _ = Close(_socket);
        }
    }

    private static bool MayListen()
    {
        const string Field = "CapEff:";
        string? line = File.Exists("/proc/self/status") ? File.ReadLines("/proc/self/status").FirstOrDefault(text => text.StartsWith(Field, StringComparison.Ordinal)) : null;
        return line is not null
            && ulong.TryParse(line.AsSpan(Field.Length).Trim(), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong capabilities)
            && (capabilities >> NetAdminBit & 1) == 1;
    }

    private void Listen()
    {
        Span<byte> buffer = stackalloc byte[MaxEventOctets];
        while (!_isOver)
        {
            var wanted = new PollDescriptor { Descriptor = _socket, Events = Readable };
            if (Poll(ref wanted, 1, LookEveryMilliseconds) <= 0)
            {
                continue;
            }

            nint length = Read(_socket, ref MemoryMarshal.GetReference(buffer), buffer.Length);
            if (length < 0 && Marshal.GetLastPInvokeError() is InterruptedError or TryAgainError)
            {
                continue;
            }

            if (length <= 0)
            {
                // From here on the bonds are watched as where listening is not permitted.
                _isListening = false;
                return;
            }

            KernelEvent? heard = ManagementEvents.Read(buffer[..(int)length]);
            buffer.Clear();
            if (heard is { } told)
            {
                Heard?.Invoke(told);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    private static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    private static partial int Bind(int socket, in HciAddress address, int length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(int descriptor, ref byte buffer, nint length);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int descriptor);

    [StructLayout(LayoutKind.Sequential)]
    private struct HciAddress
    {
        public ushort Family;
        public ushort Device;
        public ushort Channel;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
