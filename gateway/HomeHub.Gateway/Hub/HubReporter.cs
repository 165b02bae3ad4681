using System.Text.Json;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Climate;
using HomeHub.Core.Delivery;
using HomeHub.Core.Erasure;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;
using HomeHub.Gateway.Requests;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// Tells how the hub is: its status to the broker (on change and every minute), <c>run-state.json</c> for <c>homehub status</c>, a progress line
/// while there is work, the counts for telemetry. Takes the requests of commands beside it.
/// </summary>
internal sealed partial class HubReporter(HubParts parts, ReadingDesk readings, ErasureDesk erasure, Action wake)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AuditInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = parts.Loggers.CreateLogger("Hub");
    private readonly RequestDesk _desk = new(parts, readings, erasure);
    private readonly long _started = parts.Time.GetTimestamp();
    private readonly long? _startTicks = ProcessStart.Read(Environment.ProcessId);

    /// <summary>Time stamps, for the hub's clock may be set at any time; null: not yet.</summary>
    private long _brokerChanged = parts.Time.GetTimestamp();
    private long? _auditNoted, _statusTold, _stateWritten, _silenceNoted, _progressTold = parts.Time.GetTimestamp();
    private bool _isConnected;
    private bool? _isTimeKnown;
    private string? _audit;
    private readonly Lock _radioGate = new();
    private CentralState? _radio;
    private UplinkStatus? _status;
    private RunState? _state;
    private long _reportedReceipts = -1;
    private volatile BufferCounts _counts = new();
    private DeviceSilence? _silence;

    /// <summary>How the pages are, told in <c>run-state.json</c>; null where they are off.</summary>
    public Func<PagesState>? Pages { get; set; }

    /// <summary>How it stands with the board, told in <c>run-state.json</c>; null where there is none.</summary>
    public Func<IReadOnlyList<BoardPartState>>? Board { get; set; }

    /// <summary>What the hub found of itself; null before it has looked.</summary>
    public Func<SelfCheckReport?> SelfCheck { get; set; } = () => null;

    /// <summary>Asked to look again at what is known to have changed.</summary>
    public Action<IReadOnlyList<CheckKind>> LookAgain { get; set; } = _ => { };

    /// <summary>The counts as they were a moment ago.</summary>
    public BufferCounts Counts => _counts;

    /// <summary>Runs until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (parts.Radio is not { } radio)
        {
            await LookOnAsync(cancellation).ConfigureAwait(false);
            return;
        }

        radio.StateChanged += TellRadio;
        try
        {
            TellFirst(radio.State);
            await LookOnAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            radio.StateChanged -= TellRadio;
        }
    }

    /// <summary>Publishes how things stand at the end of the run, while the broker is there.</summary>
    public async Task PublishLastAsync(CancellationToken cancellation)
    {
        if (parts.Uplink.IsConnected)
        {
            await parts.Uplink.PublishStatusAsync(StatusOf(await parts.Buffer.CountAsync(cancellation).ConfigureAwait(false)), cancellation)
                .ConfigureAwait(false);
        }
    }

    private async Task LookOnAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(LookInterval, parts.Time);
        do
        {
            await LookAsync(cancellation).ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(cancellation).ConfigureAwait(false));
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        NoteBroker();
        NoteClock();
        await WorkAsync(cancellation).ConfigureAwait(false);
        WriteState();

        ReportProgress();
        await NoteSilenceAsync(cancellation).ConfigureAwait(false);
        await NoteAuditAsync(cancellation).ConfigureAwait(false);
        await PublishAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Whether something was last done so long ago, or never.</summary>
    private bool IsDue(long? last, TimeSpan interval) => last is not { } then || parts.Time.GetElapsedTime(then) >= interval;

    /// <summary>A moment of before, as the hub's clock shows it now.</summary>
    private DateTimeOffset Moment(long then) => parts.Time.GetUtcNow() - parts.Time.GetElapsedTime(then);

    private async Task NoteSilenceAsync(CancellationToken cancellation)
    {
        // A clock that is not known can't tell who is silent; once it is, that is told at once.
        if (!parts.Clock.IsTimeKnown)
        {
            (_silence, _silenceNoted) = (null, null);
            return;
        }

        if (!IsDue(_silenceNoted, StatusInterval))
        {
            return;
        }

        _silenceNoted = parts.Time.GetTimestamp();
        try
        {
            _silence = parts.Devices is { } registry
                ? DeviceSilence.Of(await registry.ListAsync(cancellation).ConfigureAwait(false), parts.Time.GetUtcNow())
                : default(DeviceSilence);
        }
        catch (BufferException error)
        {
            _logger.LogWarning("Who is silent can't be told: {Error}", error.Message);
        }
    }

    private async Task NoteAuditAsync(CancellationToken cancellation)
    {
        if (!IsDue(_auditNoted, AuditInterval))
        {
            return;
        }

        _auditNoted = parts.Time.GetTimestamp();
        try
        {
            _audit = (await parts.Audit.ReadLastAsync(cancellation).ConfigureAwait(false))?.Mark;
        }
        catch (BufferException error)
        {
            _logger.LogWarning("The audit log can't be read: {Error}", error.Message);
        }
    }

    private void NoteBroker()
    {
        bool connected = parts.Uplink.IsConnected;
        if (connected == _isConnected)
        {
            return;
        }

        _isConnected = connected;
        _brokerChanged = parts.Time.GetTimestamp();
        if (connected)
        {
            _logger.LogInformation("The broker is reached");
        }
        else
        {
            _logger.LogWarning("The broker went away: readings wait here");
        }
    }

    /// <summary>Whether a certificate holds can only be told by a clock that is known.</summary>
    private void NoteClock()
    {
        bool isKnown = parts.Clock.IsTimeKnown;
        if (_isTimeKnown is { } before && before != isKnown)
        {
            LookAgain([CheckKind.Clock, CheckKind.Certificates]);
        }

        _isTimeKnown = isKnown;
    }

    /// <summary>How it is at the start, unless something newer was told already.</summary>
    private void TellFirst(CentralState radio)
    {
        lock (_radioGate)
        {
            if (_radio is not null)
            {
                return;
            }

            TellRadio(radio);
        }
    }

    /// <summary>Told as it happens: the radio may go and be back between two looks.</summary>
    private void TellRadio(CentralState radio)
    {
        lock (_radioGate)
        {
            if (radio == _radio)
            {
                return;
            }

            _radio = radio;
        }

        LookAgain([CheckKind.Adapter]);

        if (radio.IsReady)
        {
            _logger.LogInformation("Bluetooth is ready: {Adapter}", radio.Adapter);
        }
        else if (radio.Condition != CentralCondition.Starting)
        {
            _logger.LogError("Bluetooth can't be used: {Reason}", radio.Message);
        }
    }

    /// <summary>Only while there is work for longer than a single reading takes on its way: a line a reading would fill a log that is kept for years.</summary>
    private void ReportProgress()
    {
        bool isIdle = _counts.Buffered + _counts.Sent == 0;
        _progressTold = isIdle ? parts.Time.GetTimestamp() : _progressTold;
        if (isIdle || _counts.Receipted == _reportedReceipts || !IsDue(_progressTold, ProgressInterval))
        {
            return;
        }

        _progressTold = parts.Time.GetTimestamp();
        _reportedReceipts = _counts.Receipted;
        _logger.LogInformation(
            "{Buffered} readings buffered, {Sent} sent, {Receipted} receipted, {Rejected} rejected, {Quarantined} payloads in quarantine",
            _counts.Buffered, _counts.Sent, _counts.Receipted, _counts.Rejected, _counts.Quarantined);
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        UplinkStatus status = StatusOf(_counts);
        bool changed = _status is null || status with { At = _status.At } != _status;
        if (parts.Uplink.IsConnected && (changed || IsDue(_statusTold, StatusInterval)))
        {
            _status = status;
            _statusTold = parts.Time.GetTimestamp();
            await parts.Uplink.PublishStatusAsync(status, cancellation).ConfigureAwait(false);
        }
    }

    private UplinkStatus StatusOf(BufferCounts counts) => new(
        Adapters.SoftwareVersion, parts.Time.GetUtcNow(), counts.Buffered, counts.Sent, counts.Rejected, counts.Quarantined)
    {
        Held = parts.Holding?.Count() ?? 0,
        Silence = _silence,
        Audit = _audit,
        Checks = CheckCodes.Of(SelfCheck()),
    };
}
