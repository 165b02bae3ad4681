using System.Runtime.InteropServices;
using Xunit;

namespace HomeHub.Lab;

/// <summary>The guest's clock, as a time service handles it.</summary>
internal static partial class SystemClock
{
    /// <summary>Octets of the kernel's <c>struct timex</c> on 64 bits, and where in it what is to change, the largest errors and the status stand.</summary>
    private const int Size = 208, Modes = 0, MaximumError = 24, EstimatedError = 32, Status = 40;

    /// <summary>ADJ_MAXERROR, ADJ_ESTERROR and ADJ_STATUS.</summary>
    private const uint Changes = 0x0004 | 0x0008 | 0x0010;

    private const int ErrorState = 5;

    /// <summary>Tells the kernel that its clock is synchronised, as chrony or systemd-timesyncd do: the status is without STA_UNSYNC.</summary>
    public static void NoteSynchronised()
    {
        byte[] timex = new byte[Size];
        BitConverter.TryWriteBytes(timex.AsSpan(Modes), Changes);
        BitConverter.TryWriteBytes(timex.AsSpan(MaximumError), 1000L);
        BitConverter.TryWriteBytes(timex.AsSpan(EstimatedError), 1000L);
        BitConverter.TryWriteBytes(timex.AsSpan(Status), 0);
        int state = Adjust(timex);
        Assert.True(state is >= 0 and < ErrorState, $"The clock could not be marked as synchronised: {state}");
    }

    [LibraryImport("libc", EntryPoint = "adjtimex")]
    private static partial int Adjust(byte[] timex);
}
