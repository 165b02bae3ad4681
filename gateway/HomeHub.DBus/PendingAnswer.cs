using System.Runtime.InteropServices;
using System.Text;
using HomeHub.DBus.Native;

namespace HomeHub.DBus;

/// <summary>A call from outside that waits for its answer, which may come late and from any thread.</summary>
internal sealed class PendingAnswer
{
    private readonly DBusLoop _loop;
    private readonly nint _call;
    private int _isGiven;

    /// <summary>Keeps the call; on the loop's thread.</summary>
    public PendingAnswer(DBusLoop loop, nint call)
    {
        _loop = loop;
        _call = SdBus.sd_bus_message_ref(call);
    }

    /// <summary>Answers with what the handler gives; an exception that is no answer goes to <paramref name="failed"/>.</summary>
    public void From(DBusMethod method, DBusCall call, Action<Exception> failed) => _ = AnswerAsync(method, call, failed);

    /// <summary>Answers.</summary>
    public void Give(string signature, IReadOnlyList<object> arguments) => Post(() =>
    {
        DBusLoop.Check(SdBus.sd_bus_message_new_method_return(_call, out nint message), "An answer can't be made");
        DBusConnection.Fill(message, signature, arguments);
        return message;
    });

    /// <summary>Answers with an error.</summary>
    public void Fail(DBusException error) => Post(() => NewError(error));

    private async Task AnswerAsync(DBusMethod method, DBusCall call, Action<Exception> failed)
    {
        try
        {
            Give(method.Gives, await method.Handler(call).ConfigureAwait(false));
        }
        catch (DBusException error)
        {
            Fail(error);
        }
        catch (Exception error)
        {
            // Whoever called must not wait for ever; a handler's bug is told to the program, not to strangers.
            Fail(new DBusException(DBusErrors.Failed, "The method failed.", error));
            failed(error);
        }
    }

    private unsafe nint NewError(DBusException error)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(error.Name + '\0'))
        fixed (byte* text = Encoding.UTF8.GetBytes(error.Message + '\0'))
        {
            var native = new SdBus.Error { Name = name, Message = text };
            DBusLoop.Check(SdBus.sd_bus_message_new_method_error(_call, out nint message, &native), "An answer can't be made");
            return message;
        }
    }

    private void Post(Func<nint> make)
    {
        if (Interlocked.Exchange(ref _isGiven, 1) != 0)
        {
            return;
        }

        _loop.Post(() =>
        {
            try
            {
                if (SdBus.sd_bus_message_get_expect_reply(_call) > 0)
                {
                    _loop.Send(Make(make));
                }
            }
            catch (DBusException)
            {
                // The bus is gone, and with it the caller.
            }
            finally
            {
                SdBus.sd_bus_message_unref(_call);
            }
        });
    }

    /// <summary>An answer that does not fit the method's own signature is an error of this side; the caller is told so.</summary>
    private nint Make(Func<nint> make)
    {
        try
        {
            return make();
        }
        catch (DBusException error) when (error.Name == DBusErrors.InvalidArgs)
        {
            return NewError(new DBusException(DBusErrors.Failed, "The answer does not fit its signature."));
        }
    }
}
