using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Delivery;

/// <summary>Port: someone who watches readings on their way, such as the demonstration. Called on the hub's own threads: must be quick.</summary>
public interface IReadingWatcher
{
    /// <summary>A reading (or, for <see cref="ReadingStep.Quarantined"/>, a payload) took a step.</summary>
    /// <param name="step">Which.</param>
    /// <param name="record">The record; default for a payload that was not understood.</param>
    /// <param name="device">The device.</param>
    /// <param name="characteristic">UUID of the characteristic.</param>
    void OnStep(ReadingStep step, RecordIdentity record, DeviceDescriptor device, BluetoothUuid characteristic);
}
