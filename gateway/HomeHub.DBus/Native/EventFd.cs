using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace HomeHub.DBus.Native;

/// <summary>An eventfd(2), by which other threads wake the loop. Being a SafeHandle, it can't be closed under a writer.</summary>
internal sealed unsafe class EventFd : SafeHandleMinusOneIsInvalid
{
    private const int CloseOnExecNonBlocking = 0x80000 | 0x800;

    public EventFd()
        : base(ownsHandle: true)
    {
        SetHandle(LibC.EventFd(0, CloseOnExecNonBlocking));
        if (IsInvalid)
        {
            throw new DBusException(DBusErrors.Failed, $"eventfd: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    /// <summary>The descriptor, for poll; only for the thread that disposes this.</summary>
    public int Fd => (int)handle;

    /// <summary>Wakes the loop.</summary>
    public void Signal()
    {
        ulong one = 1;
        _ = LibC.Write(this, &one, sizeof(ulong));
    }

    /// <summary>Takes the signal back, before looking at what was queued.</summary>
    public void Reset()
    {
        ulong count;
        _ = LibC.Read(this, &count, sizeof(ulong));
    }

    protected override bool ReleaseHandle() => LibC.Close((int)handle) == 0;
}
