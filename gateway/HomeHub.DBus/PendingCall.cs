using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>A method call that waits for its answer. All but <see cref="Answer"/> only on the loop's thread.</summary>
internal sealed unsafe class PendingCall(DBusLoop loop)
{
    /// <summary>What sd-bus itself answers to open calls when the bus goes away, under the name NoReply.</summary>
    private const string ConnectionTerminated = "Connection terminated";

    private readonly TaskCompletionSource<object[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private GCHandle _self;
    private nint _slot;

    /// <summary>The answer's arguments, or a <see cref="DBusException"/>.</summary>
    public Task<object[]> Answer => _answer.Task;

    public void Start(nint bus, nint message)
    {
        if (bus == 0)
        {
            throw new DBusException(DBusErrors.Disconnected, "The connection to the message bus is closed.");
        }

        _self = GCHandle.Alloc(this);
        int result = SdBus.sd_bus_call_async(bus, out _slot, message, &OnAnswer, GCHandle.ToIntPtr(_self), SdBus.Never);
        if (result < 0)
        {
            _self.Free();
            DBusLoop.Check(result, "A call can't be sent");
        }
    }

    public void Fail(DBusException error) => _answer.TrySetException(error);

    /// <summary>Lets go of the handles; the answer, if it still comes, goes nowhere.</summary>
    public void Release()
    {
        if (_slot != 0)
        {
            SdBus.sd_bus_slot_unref(_slot);
            _slot = 0;
        }

        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnAnswer(nint message, nint user, SdBus.Error* error)
    {
        var call = (PendingCall)GCHandle.FromIntPtr(user).Target!;
        call.Take(message);
        return 1;
    }

    private void Take(nint message)
    {
        SdBus.Error* error = SdBus.sd_bus_message_get_error(message);
        if (error is not null)
        {
            string name = MessageReader.Text(error->Name), text = MessageReader.Text(error->Message);
            Fail(new DBusException(text == ConnectionTerminated ? DBusErrors.Disconnected : name, text));
        }
        else
        {
            try
            {
                _answer.TrySetResult(MessageReader.ReadAll(message));
            }
            catch (DBusException unreadable)
            {
                Fail(unreadable);
            }
        }

        loop.Drop(this);
    }
}
