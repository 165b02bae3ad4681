using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HomeHub.Mosquitto.Native;

/// <summary>An eventfd(2), by which other threads wake the loop out of poll(2). Being a SafeHandle, it can't be closed under a writer.</summary>
internal sealed unsafe class EventFd : SafeHandleMinusOneIsInvalid
{
    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;

    private int _signalled;

    public EventFd()
        : base(ownsHandle: true)
    {
        SetHandle(Libc.EventFd(0, CloseOnExec | NonBlocking));
        if (IsInvalid)
        {
            throw new MosquittoException($"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The descriptor, for poll; only for the thread that disposes this.</summary>
    public int Fd => (int)handle;

    /// <summary>Wakes the loop; several signals before it looks are one.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) == 0)
        {
            var one = 1UL;
            _ = Libc.Write(this, &one, sizeof(ulong));
        }
    }

    /// <summary>Takes the signal back, before looking at what was queued.</summary>
    public void Reset()
    {
        ulong count;
        _ = Libc.Read(this, &count, sizeof(ulong));
        Volatile.Write(ref _signalled, 0);
        Interlocked.MemoryBarrier();
    }

    protected override bool ReleaseHandle() => Libc.Close((int)handle) == 0;
}
