using System.Text.Json;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Requests;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>
/// Tells how the hub is: its status to the broker (on change and every minute), <c>run-state.json</c> for <c>homehub status</c>, a progress line
/// while there is work, the counts for telemetry. Takes the requests of commands beside it.
/// </summary>
internal sealed class HubReporter(HubParts parts, Func<DeliveryRules> createRules, Action wake)
{
    private static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StatusInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan StateInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = parts.Loggers.CreateLogger("Hub");
    private readonly RequestDesk _desk = new(parts, createRules, wake);
    private readonly DateTimeOffset _since = parts.Time.GetUtcNow();
    private DateTimeOffset _brokerSince = parts.Time.GetUtcNow();
    private DateTimeOffset _statusAt, _stateAt, _progressAt = parts.Time.GetUtcNow();
    private bool _isConnected;
    private readonly Lock _radioGate = new();
    private CentralState? _radio;
    private int _radioChanges, _radioChangesWritten;
    private UplinkStatus? _status;
    private long _reportedReceipts = -1;
    private volatile BufferCounts _counts = new();
    private DeviceSilence _silence;
    private DateTimeOffset _silenceAt;

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
        DateTimeOffset now = parts.Time.GetUtcNow();
        bool brokerChanged = NoteBroker(now), radioChanged = NoteRadio();
        if (RetryRequest.IsWaiting(parts.Folder))
        {
            int readings = await RetryRequest.RetryAsync(parts.Buffer, parts.Configuration.Recipients, cancellation).ConfigureAwait(false);
            RetryRequest.Delete(parts.Folder);
            _logger.LogInformation("{Count} rejected readings are sent again, as asked", readings);
            wake();
        }

        await _desk.WorkAsync(cancellation).ConfigureAwait(false);
        bool wasFull = _counts.IsFull;
        _counts = await parts.Buffer.CountAsync(cancellation).ConfigureAwait(false);
        if (brokerChanged || radioChanged || _counts.IsFull != wasFull || now - _stateAt >= StateInterval)
        {
            _stateAt = now;
            WriteState(now);
        }

        ReportProgress(now);
        await NoteSilenceAsync(now, cancellation).ConfigureAwait(false);
        await PublishAsync(now, cancellation).ConfigureAwait(false);
    }

    private async Task NoteSilenceAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (parts.Devices is not { } registry || now - _silenceAt < StatusInterval)
        {
            return;
        }

        _silenceAt = now;
        try
        {
            _silence = DeviceSilence.Of(await registry.ListAsync(cancellation).ConfigureAwait(false), now);
        }
        catch (BufferException error)
        {
            _logger.LogWarning("Who is silent can't be told: {Error}", error.Message);
        }
    }

    private bool NoteBroker(DateTimeOffset now)
    {
        bool connected = parts.Uplink.IsConnected;
        if (connected == _isConnected)
        {
            return false;
        }

        _isConnected = connected;
        _brokerSince = now;
        if (connected)
        {
            _logger.LogInformation("The broker is reached");
        }
        else
        {
            _logger.LogWarning("The broker went away: readings wait here");
        }

        return true;
    }

    private bool NoteRadio()
    {
        lock (_radioGate)
        {
            bool hasChanged = _radioChanges != _radioChangesWritten;
            _radioChangesWritten = _radioChanges;
            return hasChanged;
        }
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
            _radioChanges++;
        }

        if (radio.IsReady)
        {
            _logger.LogInformation("Bluetooth is ready: {Adapter}", radio.Adapter);
        }
        else if (radio.Condition != CentralCondition.Starting)
        {
            _logger.LogError("Bluetooth can't be used: {Reason}", radio.Message);
        }
    }

    private void WriteState(DateTimeOffset now)
    {
        try
        {
            RunStateFile.Write(
                parts.Folder,
                new RunState(Environment.ProcessId, Adapters.SoftwareVersion, _since, now, _isConnected, _brokerSince, _counts.IsFull, parts.WhyNotConnected())
                {
                    Radio = _radio is { } radio ? JsonNamingPolicy.KebabCaseLower.ConvertName(radio.Condition.ToString()) : null,
                    HeldBecause = parts.Holding?.Why() is { } why ? JsonNamingPolicy.KebabCaseLower.ConvertName(why.ToString()) : null,
                    RadioError = _radio is { IsReady: false, Message.Length: > 0 } ? _radio.Message : null,
                });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("run-state.json can't be written: {Reason}", error.Message);
        }
    }

    private void ReportProgress(DateTimeOffset now)
    {
        bool isBusy = _counts.Buffered + _counts.Sent > 0 && _counts.Receipted != _reportedReceipts;
        if (!isBusy || now - _progressAt < ProgressInterval)
        {
            return;
        }

        _progressAt = now;
        _reportedReceipts = _counts.Receipted;
        _logger.LogInformation(
            "{Buffered} readings buffered, {Sent} sent, {Receipted} receipted, {Rejected} rejected, {Quarantined} payloads in quarantine",
            _counts.Buffered,
            _counts.Sent,
            _counts.Receipted,
            _counts.Rejected,
            _counts.Quarantined);
    }

    private async Task PublishAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        UplinkStatus status = StatusOf(_counts);
        bool changed = _status is null || status with { At = _status.At } != _status;
        if (parts.Uplink.IsConnected && (changed || now - _statusAt >= StatusInterval))
        {
            _status = status;
            _statusAt = now;
            await parts.Uplink.PublishStatusAsync(status, cancellation).ConfigureAwait(false);
        }
    }

    private UplinkStatus StatusOf(BufferCounts counts) => new(
        Adapters.SoftwareVersion, parts.Time.GetUtcNow(), counts.Buffered, counts.Sent, counts.Rejected, counts.Quarantined)
    {
        Held = parts.Holding?.Count() ?? 0,
        Silence = _silence,
    };
}
