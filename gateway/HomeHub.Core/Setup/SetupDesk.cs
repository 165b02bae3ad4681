using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Setup;

/// <summary>
/// Where devices are set up from pages: one setup a device at a time, the hub's and nobody's own, so that it goes on whoever looks at it, from whichever phone. Each is
/// bounded in time by <see cref="DeviceSetup.HearLimit"/> and <see cref="PairingRequest.Limit"/>. A device that is new is nobody's: whose it is is said afterwards.
/// Safe for several threads.
/// </summary>
public sealed class SetupDesk : IAsyncDisposable
{
    /// <summary>Most devices that are set up at a time, or whose end is still remembered.</summary>
    public const int MaxSetups = 16;

    /// <summary>How long it is remembered how one ended.</summary>
    public static readonly TimeSpan RemembersFor = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(30);

    private readonly IAuditLog _audit;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isClockKnown;
    private readonly ILogger _logger;
    private readonly DeviceSetup _setup;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (SetupRun Run, Task Task)> _runs = [];

    /// <summary>Creates the desk.</summary>
    public SetupDesk(
        ICentral central, IDeviceRegistry registry, IAuditLog audit, DeviceCatalogue models, TimeProvider time, Func<bool> isClockKnown, ILogger<SetupDesk> logger)
    {
        (_audit, _time, _isClockKnown, _logger) = (audit, time, isClockKnown, logger);
        _setup = new DeviceSetup(central, registry, models, time);
    }

    /// <summary>Where a device's setup stands; null: none was begun, or it is long over.</summary>
    public SetupState? Find(string address)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(address, out var one) && one.Run.OverFor < RemembersFor ? one.Run.State : null;
        }
    }

    /// <summary>Begins to set a device up.</summary>
    /// <param name="address">Its address, upper case.</param>
    /// <param name="allowLegacy">Whether a person accepts that it can only pair the old way.</param>
    /// <param name="who">Who wants it, for the log.</param>
    /// <returns>False when it is being set up already, or too many others are.</returns>
    public bool Start(string address, bool allowLegacy, string who)
    {
        lock (_lock)
        {
            foreach (string old in _runs.Where(one => one.Value.Run.State.IsOver && (one.Key == address || one.Value.Run.OverFor >= RemembersFor)).Select(one => one.Key).ToArray())
            {
                _runs.Remove(old, out var over);
                over.Run.Dispose();
            }

            if (_runs.ContainsKey(address) || _runs.Values.Count(one => !one.Run.State.IsOver) >= MaxSetups || _ending.IsCancellationRequested)
            {
                return false;
            }

            var run = new SetupRun(_time);
            _runs[address] = (run, Task.Run(() => RunAsync(run, address, allowLegacy, who), CancellationToken.None));
            return true;
        }
    }

    /// <summary>Tells the number that the device shows, 0 to 999999. False when it was not asked for, or no more.</summary>
    public bool TellPasskey(string address, uint passkey) => Answer(address, SetupStage.PasskeyAsked, passkey);

    /// <summary>Says whether the device shows the same number. False when that was not asked, or no more.</summary>
    public bool TellComparison(string address, bool isSame) => Answer(address, SetupStage.ComparisonAsked, isSame ? 1 : null);

    /// <summary>Gives a setup up. False when there is none that goes on.</summary>
    public bool GiveUp(string address)
    {
        lock (_lock)
        {
            if (!_runs.TryGetValue(address, out var one) || one.Run.State.IsOver)
            {
                return false;
            }

            one.Run.GiveUp();
            return true;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Task[] running;
        lock (_lock)
        {
            _ending.Cancel();
            running = [.. _runs.Values.Select(one => one.Task)];
        }

        await Task.WhenAll(running).ConfigureAwait(false);
        foreach ((SetupRun run, _) in _runs.Values)
        {
            run.Dispose();
        }

        _ending.Dispose();
    }

    private bool Answer(string address, SetupStage asked, uint? answer)
    {
        lock (_lock)
        {
            return _runs.TryGetValue(address, out var one) && one.Run.Answer(asked, answer);
        }
    }

    private async Task RunAsync(SetupRun run, string address, bool allowLegacy, string who)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(run.GivenUp, _ending.Token);
        SetupState end;
        try
        {
            end = await SetUpAsync(run, address, allowLegacy, who, ending.Token).ConfigureAwait(false);
        }
        catch (PeripheralException error)
        {
            _logger.LogInformation("Setting a device up failed: {Fault}", error.Fault);
            end = new SetupState(SetupStage.Failed) { Fault = error.Fault };
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            end = new SetupState(SetupStage.GivenUp);
        }
        catch (Exception error)
        {
            // Whoever looks must not wait for something that is over. A BufferException says what is wrong with a file; of others only the kind can be told without risk.
            _logger.LogError("Setting a device up failed: {Kind} {Reason}", error.GetType().Name, error is BufferException ? error.Message : "");
            end = new SetupState(SetupStage.Failed) { Fault = PeripheralFault.Failed };
        }

        run.Enter(end);
    }

    private async Task<SetupState> SetUpAsync(SetupRun run, string address, bool allowLegacy, string who, CancellationToken cancellation)
    {
        var request = new SetupRequest { Address = address, IsClockKnown = _isClockKnown(), AllowLegacy = allowLegacy, Prompt = run, BusyLimit = BusyLimit };
        SetupOutcome outcome = await _setup.RunAsync(request, progress => Follow(run, progress), cancellation).ConfigureAwait(false);
        if (outcome.Device is not { } device)
        {
            return new SetupState(SetupStage.Failed) { Problem = outcome.Problem };
        }

        // The device is set up: that is noted, whoever gave up meanwhile.
        await _audit.AddAsync(new AuditNote(_time.GetLocalNow(), AuditActs.DevicePaired, who, null, AuditAbout.OfDevice(device.Address)), CancellationToken.None).ConfigureAwait(false);
        return new SetupState(SetupStage.Done) { KnownAs = device.Address };
    }

    private static Task Follow(SetupRun run, SetupProgress progress)
    {
        if (progress.Step is SetupStep.Heard or SetupStep.Pairing)
        {
            run.Enter(new SetupState(SetupStage.Pairing));
        }

        return Task.CompletedTask;
    }
}
