using System.Runtime.InteropServices;

namespace HomeHub.Mosquitto.Native;

/// <summary><c>struct pollfd</c> of poll(2).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollFd
{
    public const short In = 0x001;
    public const short Out = 0x004;
    public const short Err = 0x008;
    public const short Hup = 0x010;
    public const short Broken = Err | Hup;

    public int Fd;
    public short Events;
    public short Revents;
}
