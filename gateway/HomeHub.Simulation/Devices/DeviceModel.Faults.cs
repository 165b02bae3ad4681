using System.Globalization;

namespace HomeHub.Simulation.Devices;

/// <content>How characteristics fail, as the script tells it.</content>
public sealed partial class DeviceModel
{
    private const byte UnlikelyError = 0x0E;

    private readonly Dictionary<ushort, (ScriptStep Step, int Left)> _faults = [];

    private void SetFault(ScriptStep step)
    {
        lock (_lock)
        {
            _faults[ushort.Parse(step.Characteristic ?? "", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)] = (step, step.Operations);
        }
    }

    /// <summary>Fails an operation if it is to fail: the error code then, after the wait; null when it goes on.</summary>
    private async Task<byte?> FailAsync(ModelCharacteristic characteristic)
    {
        ScriptStep step;
        CancellationToken link;
        lock (_lock)
        {
            if (!_faults.Remove(characteristic.Uuid, out (ScriptStep Step, int Left) fault))
            {
                return null;
            }

            if (fault.Left > 1)
            {
                _faults[characteristic.Uuid] = fault with { Left = fault.Left - 1 };
            }

            (step, link) = (fault.Step, _link.Token);
        }

        Tell("fault", characteristic.Uuid);
        if (step.Fault == CharacteristicFault.Refuse)
        {
            return step.AttError;
        }

        // A device that hangs answers nobody; the error ends the wait of what carries it when the link is gone.
        TimeSpan wait = step.Fault == CharacteristicFault.Slow ? TimeSpan.FromSeconds(step.DelaySeconds) : Timeout.InfiniteTimeSpan;
        await Task.Delay(wait, _time, link).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return link.IsCancellationRequested ? UnlikelyError : null;
    }
}
