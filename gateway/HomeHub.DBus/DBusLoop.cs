using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>
/// The thread that owns one sd-bus connection, which is not for several threads: it waits for the bus and for commands, runs both in order, and
/// hands every signal and every method call from outside to <paramref name="received"/>.
/// </summary>
/// <param name="address">Address of the bus; null for the system's.</param>
/// <param name="received">Takes a message (type, handle) on the loop's thread; true when it is dealt with.</param>
internal sealed class DBusLoop(string? address, Func<byte, nint, bool> received) : IAsyncDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(5);

    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly EventFd _wake = new();
    private readonly HashSet<PendingCall> _pending = [];
    private readonly TaskCompletionSource<string> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<DBusException> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _endLock = new();
    private nint _bus;
    private GCHandle _self;
    private bool _hasEnded;
    private volatile bool _stop;

    /// <summary>Completes with the reason when the connection is no more.</summary>
    public Task<DBusException> Closed => _closed.Task;

    /// <summary>Starts the thread; the unique name once the bus has said hello.</summary>
    public Task<string> OpenAsync()
    {
        new Thread(Run) { IsBackground = true, Name = "D-Bus" }.Start();
        return _opened.Task;
    }

    /// <summary>Runs <paramref name="command"/> on the loop's thread, after those that were posted before; false when the loop has ended.</summary>
    public bool Post(Action command)
    {
        lock (_endLock)
        {
            if (_hasEnded)
            {
                return false;
            }

            _commands.Enqueue(command);
            _wake.Signal();
            return true;
        }
    }

    /// <summary>Ends the loop.</summary>
    public async ValueTask DisposeAsync()
    {
        _stop = true;
        Post(() => { });
        await _closed.Task.WaitAsync(EndLimit).ConfigureAwait(false);
        _wake.Dispose();
    }

    /// <summary>Sends a method call; only on the loop's thread. The call owns the message from here on.</summary>
    public void Send(PendingCall call, nint message)
    {
        try
        {
            call.Start(_bus, message);
            _pending.Add(call);
        }
        finally
        {
            SdBus.sd_bus_message_unref(message);
        }
    }

    /// <summary>Sends what needs no answer; only on the loop's thread.</summary>
    public void Send(nint message)
    {
        int result = SdBus.sd_bus_send(_bus, message, 0);
        SdBus.sd_bus_message_unref(message);
        Check(result, "A message can't be sent");
    }

    /// <summary>Drops a call, so that a late answer goes nowhere; only on the loop's thread.</summary>
    public void Drop(PendingCall call)
    {
        if (_pending.Remove(call))
        {
            call.Release();
        }
    }

    /// <summary>Makes a message; only on the loop's thread.</summary>
    public nint NewCall(string? destination, string path, string? @interface, string member)
    {
        Check(SdBus.sd_bus_message_new_method_call(_bus, out nint message, destination, path, @interface, member), "A call can't be made");
        return message;
    }

    /// <summary>Makes a signal; only on the loop's thread.</summary>
    public nint NewSignal(string path, string @interface, string member)
    {
        Check(SdBus.sd_bus_message_new_signal(_bus, out nint message, path, @interface, member), "A signal can't be made");
        return message;
    }

    public static void Check(int result, string what)
    {
        if (result < 0)
        {
            throw new DBusException(NameOf(-result), $"{what}: {Marshal.GetPInvokeErrorMessage(-result)}");
        }
    }

    private static string NameOf(int errno) => errno switch
    {
        1 or 13 => DBusErrors.AccessDenied,
        22 => DBusErrors.InvalidArgs,
        2 or 104 or 107 or 108 or 111 or 32 => DBusErrors.Disconnected,
        110 => DBusErrors.Timeout,
        _ => DBusErrors.Failed,
    };

    private void Run()
    {
        DBusException reason;
        try
        {
            string name = Open();
            _opened.SetResult(name);
            reason = Loop();
        }
        catch (DBusException error)
        {
            reason = error;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            reason = new DBusException(DBusErrors.Failed, "libsystemd.so.0 is missing: install the package libsystemd0.", error);
        }

        End(reason);
    }

    private unsafe string Open()
    {
        _self = GCHandle.Alloc(this);
        if (address is null)
        {
            Check(SdBus.sd_bus_open_system(out _bus), "The system's message bus can't be reached");
        }
        else
        {
            Check(SdBus.sd_bus_new(out _bus), "A bus connection can't be made");
            Check(SdBus.sd_bus_set_address(_bus, address), "The address of the message bus can't be used");
            Check(SdBus.sd_bus_set_bus_client(_bus, 1), "A bus connection can't be made");
            Check(SdBus.sd_bus_start(_bus), "The message bus can't be reached");
        }

        Check(SdBus.sd_bus_get_unique_name(_bus, out byte* name), "The message bus does not answer");
        Check(SdBus.sd_bus_add_filter(_bus, 0, &OnMessage, GCHandle.ToIntPtr(_self)), "A filter can't be set");
        return MessageReader.Text(name);
    }

    private DBusException Loop()
    {
        while (!_stop)
        {
            _wake.Reset();
            while (_commands.TryDequeue(out Action? command))
            {
                command();
            }

            int result;
            do
            {
                result = SdBus.sd_bus_process(_bus, 0);
            }
            while (result > 0 && _commands.IsEmpty);
            if (result < 0)
            {
                return new DBusException(DBusErrors.Disconnected, $"The message bus went away: {Marshal.GetPInvokeErrorMessage(-result)}");
            }

            if (result == 0 && _commands.IsEmpty)
            {
                Wait();
            }
        }

        return new DBusException(DBusErrors.Disconnected, "The connection to the message bus was closed.");
    }

    private unsafe void Wait()
    {
        LibC.PollFd* fds = stackalloc LibC.PollFd[2];
        fds[0] = new LibC.PollFd { Fd = SdBus.sd_bus_get_fd(_bus), Events = (short)SdBus.sd_bus_get_events(_bus) };
        fds[1] = new LibC.PollFd { Fd = _wake.Fd, Events = LibC.PollIn };
        _ = LibC.Poll(fds, 2, MillisecondsToWait());
    }

    /// <summary>sd-bus gives an instant of CLOCK_MONOTONIC, by which .NET counts its timestamps on Linux too; -1 waits without end.</summary>
    private int MillisecondsToWait()
    {
        if (SdBus.sd_bus_get_timeout(_bus, out ulong due) < 0 || due == SdBus.Never)
        {
            return -1;
        }

        double now = TimeProvider.System.GetTimestamp() * 1e6 / TimeProvider.System.TimestampFrequency;
        return (int)Math.Clamp((due - now) / 1000 + 1, 0, int.MaxValue);
    }

    private void End(DBusException reason)
    {
        lock (_endLock)
        {
            _hasEnded = true;
        }

        while (_commands.TryDequeue(out Action? command))
        {
            // What was posted before the end is still sent where the bus takes it, as the answer to a call.
            command();
        }

        foreach (PendingCall call in _pending)
        {
            call.Fail(reason);
            call.Release();
        }

        _pending.Clear();
        if (_bus != 0)
        {
            _ = SdBus.sd_bus_flush(_bus);
            SdBus.sd_bus_close(_bus);
            SdBus.sd_bus_unref(_bus);
            _bus = 0;
        }

        if (_self.IsAllocated)
        {
            _self.Free();
        }

        _opened.TrySetException(reason);
        _closed.TrySetResult(reason);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnMessage(nint message, nint user, SdBus.Error* error)
    {
        var loop = (DBusLoop)GCHandle.FromIntPtr(user).Target!;
        SdBus.sd_bus_message_get_type(message, out byte type);
        return loop.Receive(type, message) ? 1 : 0;
    }

    private bool Receive(byte type, nint message) => type is SdBus.MethodCall or SdBus.Signal && received(type, message);
}
