using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Setup;

/// <summary>
/// Pairing without a page: the one device near the hub that is a model of the catalogue, not known, and bonds without a number. It becomes nobody's, as from the pages. Two such devices, and
/// none is paired: a neighbour's could be one of them. What needs no bond is not paired so, as nothing about it would show that somebody here holds it in pairing mode.
/// </summary>
public sealed class PairingWindow
{
    /// <summary>Who is named in the audit log: whoever stood at the hub.</summary>
    public const string Who = "button";

    /// <summary>How long it is open.</summary>
    public static readonly TimeSpan OpenTime = TimeSpan.FromMinutes(2);

    /// <summary>How long others are listened for once one was heard.</summary>
    public static readonly TimeSpan GatherTime = TimeSpan.FromSeconds(10);

    /// <summary>Weakest signal of a device that lies beside the hub or in the same room, in dBm.</summary>
    public const short LeastRssi = -75;

    private static readonly TimeSpan BusyLimit = TimeSpan.FromSeconds(30);

    private readonly ICentral _central;
    private readonly IDeviceRegistry _registry;
    private readonly IAuditLog _audit;
    private readonly DeviceCatalogue _models;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isClockKnown;
    private readonly ILogger _logger;
    private readonly DeviceSetup _setup;

    /// <summary>Opens nothing yet.</summary>
    public PairingWindow(
        ICentral central, IDeviceRegistry registry, IAuditLog audit, DeviceCatalogue models, TimeProvider time, Func<bool> isClockKnown, ILogger<PairingWindow> logger)
    {
        (_central, _registry, _audit, _models, _time, _isClockKnown, _logger) = (central, registry, audit, models, time, isClockKnown, logger);
        _setup = new DeviceSetup(central, registry, models, time);
    }

    /// <summary>Holds it open until a device is paired, or it is known why none is.</summary>
    /// <exception cref="Buffering.BufferException">The audit log or the registry can't be used.</exception>
    public async Task<PairingWindowEnd> RunAsync(CancellationToken cancellation)
    {
        await NoteAsync(AuditActs.PairingWindowOpened, null).ConfigureAwait(false);
        _logger.LogInformation("The pairing window is open for {Seconds} s", OpenTime.TotalSeconds);
        PairingWindowEnd end;
        try
        {
            IReadOnlyList<Advertisement> found = await GatherAsync(cancellation).ConfigureAwait(false);
            end = found.Count switch
            {
                0 => PairingWindowEnd.NothingHeard,
                1 => await PairAsync(found[0], cancellation).ConfigureAwait(false),
                _ => PairingWindowEnd.Several,
            };
        }
        catch (PeripheralException error)
        {
            _logger.LogWarning("The radio does not serve the pairing window: {Fault}", error.Fault);
            end = PairingWindowEnd.NotPaired;
        }

        if (end == PairingWindowEnd.Several)
        {
            await NoteAsync(AuditActs.PairingWindowUnclear, null).ConfigureAwait(false);
        }

        _logger.LogInformation("The pairing window is closed: {End}", end);
        return end;
    }

    /// <summary>The devices that may be meant: heard until <see cref="GatherTime"/> after the first one.</summary>
    private async Task<IReadOnlyList<Advertisement>> GatherAsync(CancellationToken cancellation)
    {
        var nearby = new NearbyDevices(_time);
        Dictionary<string, Advertisement> found = [];
        using var limit = new CancellationTokenSource(OpenTime, _time);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await foreach (Advertisement heard in _central.ScanAsync(_models.Filter(NearbyDevices.HealthServices), listening.Token).ConfigureAwait(false))
            {
                Advertisement device = nearby.Take(heard).Device;
                if (found.ContainsKey(device.Address) || !IsCandidate(device) || await _registry.FindAsync(device.Address, listening.Token).ConfigureAwait(false) is not null)
                {
                    continue;
                }

                found[device.Address] = device;
                if (found.Count > 1)
                {
                    break;
                }

                limit.CancelAfter(GatherTime);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // It has been open for long enough.
        }

        cancellation.ThrowIfCancellationRequested();
        return [.. found.Values];
    }

    private bool IsCandidate(Advertisement device) =>
        !device.IsBonded && device.Rssi >= LeastRssi && _models.Find(device) is { } match && match.Quirks.NeedsBond && new NearbyDevice(device, match, TimeSpan.Zero).CanBeUsed;

    private async Task<PairingWindowEnd> PairAsync(Advertisement device, CancellationToken cancellation)
    {
        using var prompt = new ButtonPrompt();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(prompt.Refused, cancellation);
        var request = new SetupRequest { Address = device.Address, IsClockKnown = _isClockKnown(), Bonds = true, Prompt = prompt, BusyLimit = BusyLimit };
        try
        {
            SetupOutcome outcome = await _setup.RunAsync(request, _ => Task.CompletedTask, ending.Token).ConfigureAwait(false);
            if (outcome.Device is not { } paired)
            {
                _logger.LogInformation("The device was not set up: {Problem}", outcome.Problem);
                return PairingWindowEnd.NotPaired;
            }

            await NoteAsync(AuditActs.DevicePaired, AuditAbout.OfDevice(paired.Address)).ConfigureAwait(false);
            return PairingWindowEnd.Paired;
        }
        catch (OperationCanceledException) when (prompt.Refused.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            _logger.LogInformation("The device wants a number, for which a page is needed");
            return PairingWindowEnd.NotPaired;
        }
        catch (PeripheralException error)
        {
            _logger.LogInformation("The device did not pair: {Fault}", error.Fault);
            return PairingWindowEnd.NotPaired;
        }
    }

    /// <summary>Noted whoever gives up meanwhile.</summary>
    private Task<AuditEntry> NoteAsync(string act, string? about) => _audit.AddAsync(new AuditNote(_time.GetLocalNow(), act, Who, null, about), CancellationToken.None);
}
