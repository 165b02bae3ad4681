using System.Collections.Concurrent;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;
using Microsoft.Extensions.Logging;

namespace HomeHub.BlueZ.Pairing;

/// <summary>
/// The agent whom BlueZ asks (doc/agent-api.txt). It asks the person of the pairing under way; whoever else wants to pair is rejected.
/// </summary>
internal sealed class PairingAgent(BlueZOptions options, ILogger logger) : IDisposable
{
    public const string Path = "/org/homehub/agent";

    private const string Capability = "KeyboardDisplay";
    private const uint MaxPasskey = 999_999;

    private readonly ConcurrentDictionary<string, PairingUnderWay> _underWay = new();
    private readonly Lock _gate = new();
    private CancellationTokenSource _questions = new();

    /// <summary>Shows the agent on a bus and registers it with the Bluetooth service.</summary>
    public async Task RegisterAsync(BlueZBus bus, CancellationToken cancellation)
    {
        await bus.Connection.ExportAsync(new DBusObject(Path, new DBusInterface(BlueZNames.Agent)
        {
            Methods =
            [
                new("Release", "", "", _ => Nothing()),
                new("RequestPinCode", "o", "s", _ => throw Rejected("no device with a PIN code is used")),
                new("DisplayPinCode", "os", "", _ => throw Rejected("no device with a PIN code is used")),
                Method("RequestPasskey", "o", "u", call => AskAsync(call, EnterAsync)),
                Method("DisplayPasskey", "ouq", "", DisplayAsync),
                Method("RequestConfirmation", "ou", "", call => AskAsync(call, CompareAsync)),
                Method("RequestAuthorization", "o", "", call => AskAsync(call, ConfirmAsync)),
                Method("AuthorizeService", "os", "", call => AuthorizeAsync(bus, call)),
                Method("Cancel", "", "", _ => CancelAsync()),
            ],
        })).ConfigureAwait(false);
        await CallAsync("RegisterAgent", "os", new DBusPath(Path), Capability).ConfigureAwait(false);
        if (options.IsDefaultAgent)
        {
            await CallAsync("RequestDefaultAgent", "o", new DBusPath(Path)).ConfigureAwait(false);
        }

        // Nobody but BlueZ may ask a person for a passkey.
        DBusMethod Method(string name, string takes, string gives, Func<DBusCall, Task<IReadOnlyList<object>>> handler) =>
            new(name, takes, gives, call => call.Sender == bus.Owner ? handler(call) : throw Rejected("only the Bluetooth service may ask"));

        async Task CallAsync(string member, string signature, params object[] arguments)
        {
            try
            {
                await bus.Connection.CallAsync(
                    BlueZNames.Service, BlueZNames.AgentManagerPath, BlueZNames.AgentManager, member, signature, arguments, options.CallLimit, cancellation)
                    .ConfigureAwait(false);
            }
            catch (DBusException error) when (error.Name == BlueZNames.ErrorPrefix + "AlreadyExists")
            {
                logger.LogDebug("The pairing agent is registered already.");
            }
        }
    }

    /// <summary>From here on the person is asked for this pairing.</summary>
    public void Begin(PairingUnderWay pairing) => _underWay[pairing.Path] = pairing;

    /// <summary>The pairing is over.</summary>
    public void End(PairingUnderWay pairing) => _underWay.TryRemove(pairing.Path, out _);

    public void Dispose() => _questions.Dispose();

    private async Task<IReadOnlyList<object>> AskAsync(DBusCall call, Func<PairingUnderWay, DBusCall, CancellationToken, Task<object?>> ask)
    {
        PairingUnderWay pairing = Find(call);
        pairing.WasAsked = true;
        CancellationToken cancelled;
        lock (_gate)
        {
            cancelled = _questions.Token;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(pairing.Ended, cancelled);
        object? answer;
        try
        {
            answer = await ask(pairing, call, ends.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            throw new DBusException(BlueZNames.ErrorPrefix + "Canceled", "The question is no longer open.");
        }

        if (answer is null)
        {
            pairing.WasRefused = true;
            throw Rejected("the person refused");
        }

        return answer is uint passkey ? [passkey] : [];
    }

    private static async Task<object?> EnterAsync(PairingUnderWay pairing, DBusCall call, CancellationToken cancellation)
    {
        uint? entered = await pairing.Prompt.EnterPasskeyAsync(pairing.Address, cancellation).ConfigureAwait(false);
        return entered is <= MaxPasskey ? entered : null;
    }

    private static async Task<object?> CompareAsync(PairingUnderWay pairing, DBusCall call, CancellationToken cancellation) =>
        await pairing.Prompt.CompareAsync(pairing.Address, (uint)call.Arguments[1], cancellation).ConfigureAwait(false) ? true : null;

    private static async Task<object?> ConfirmAsync(PairingUnderWay pairing, DBusCall call, CancellationToken cancellation) =>
        await pairing.Prompt.ConfirmAsync(pairing.Address, cancellation).ConfigureAwait(false) ? true : null;

    /// <summary>BlueZ wants the answer at once and tells again at each key that was pressed; the number is shown once, until the pairing is over.</summary>
    private Task<IReadOnlyList<object>> DisplayAsync(DBusCall call)
    {
        PairingUnderWay pairing = Find(call);
        if (!pairing.WasAsked)
        {
            pairing.WasAsked = true;
            _ = ShowAsync(pairing, (uint)call.Arguments[1]);
        }

        return Nothing();
    }

    private async Task ShowAsync(PairingUnderWay pairing, uint passkey)
    {
        try
        {
            await pairing.Prompt.DisplayPasskeyAsync(pairing.Address, passkey, pairing.Ended).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // No longer needed.
        }
#pragma warning disable CA1031 // Whatever the prompt throws must not go unseen, and nobody awaits this.
        catch (Exception error)
#pragma warning restore CA1031
        {
            logger.LogError(error, "The passkey could not be shown.");
        }
    }

    private Task<IReadOnlyList<object>> AuthorizeAsync(BlueZBus bus, DBusCall call)
    {
        string path = PathOf(call);
        bool isKnown = _underWay.ContainsKey(path) || bus.Objects.Get<bool>(path, BlueZNames.Device, "Trusted");
        return isKnown ? Nothing() : throw Rejected("the device is not set up here");
    }

    private Task<IReadOnlyList<object>> CancelAsync()
    {
        CancellationTokenSource before;
        lock (_gate)
        {
            before = _questions;
            _questions = new CancellationTokenSource();
        }

        before.Cancel();
        before.Dispose();
        return Nothing();
    }

    private PairingUnderWay Find(DBusCall call)
    {
        if (_underWay.TryGetValue(PathOf(call), out PairingUnderWay? pairing))
        {
            return pairing;
        }

        logger.LogWarning("A device that nobody asked for tried to pair, and was rejected.");
        throw Rejected("nobody asked for this pairing");
    }

    private static string PathOf(DBusCall call) => ((DBusPath)call.Arguments[0]).Value;

    private static DBusException Rejected(string why) => new(BlueZNames.ErrorPrefix + "Rejected", $"Rejected: {why}.");

    private static Task<IReadOnlyList<object>> Nothing() => Task.FromResult<IReadOnlyList<object>>([]);
}
