using HomeHub.Core.Naming;

namespace HomeHub.Simulation.Devices;

/// <content>What happens to the device over time.</content>
public sealed partial class DeviceModel
{
    /// <summary>Runs the script, and a stream where the device has one, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (!_file.AdvertisesOnlyWithNews || HasNews)
        {
            await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] parts = [StreamAsync(ends.Token), RunScriptAsync(ends.Token)];
        try
        {
            // Whichever fails first ends the other.
            await foreach (Task part in Task.WhenEach(parts).ConfigureAwait(false))
            {
                await part.ConfigureAwait(false);
            }
        }
        finally
        {
            await ends.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Does a step of a script at once.</summary>
    public async Task DoAsync(ScriptStep step, CancellationToken cancellation)
    {
        switch (step.Do)
        {
            case ScriptAction.Measure:
                for (int i = 0; i < step.Count; i++)
                {
                    await MeasureAsync(step.Values, cancellation).ConfigureAwait(false);
                }

                break;
            case ScriptAction.Disconnect when step.AfterRecord is null:
                await _host.DisconnectAsync(cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.Disconnect or ScriptAction.FallSilent:
                Arm(step);
                break;
            case ScriptAction.SendAgain:
                SendAgain(step.Count);
                await SendOutboxAsync(cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.Fault:
                SetFault(step);
                break;
            case ScriptAction.ForgetBonds:
                await _host.ForgetBondsAsync(cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.SetClock:
                _clock.Move(step.OffsetSeconds, _time.GetLocalNow());
                break;
            case ScriptAction.RestartNumbers:
                _records?.Restart();
                break;
            case ScriptAction.Sleep:
                await _host.AdvertiseAsync(false, cancellation).ConfigureAwait(false);
                break;
            case ScriptAction.Wake:
                await _host.AdvertiseAsync(true, cancellation).ConfigureAwait(false);
                break;
        }

        Tell("script-" + KebabName.Of(step.Do));
    }

    private async Task RunScriptAsync(CancellationToken cancellation)
    {
        foreach (ScriptStep step in _file.Script)
        {
            TimeSpan wait = step.At?.WaitAt(_startedAt, _time.GetLocalNow(), _time.LocalTimeZone) ?? TimeSpan.Zero;
            if (wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, _time, cancellation).ConfigureAwait(false);
            }

            await DoAsync(step, cancellation).ConfigureAwait(false);
        }
    }

    private void Arm(ScriptStep step)
    {
        lock (_lock)
        {
            if (step.AfterRecord is { } record)
            {
                (step.Do == ScriptAction.Disconnect ? _untilDrop : _untilSilence).Arm(record);
            }
            else
            {
                _isSilent = true;
            }
        }
    }

    private async Task StreamAsync(CancellationToken cancellation)
    {
        while (_peripheral.StreamIntervalSeconds > 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(_peripheral.StreamIntervalSeconds), _time, cancellation).ConfigureAwait(false);
            bool isHeard;
            lock (_lock)
            {
                isHeard = _isConnected && _subscribed.Count > 0;
            }

            if (isHeard)
            {
                await MeasureAsync(cancellation).ConfigureAwait(false);
            }
        }
    }
}
