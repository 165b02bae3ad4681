using HomeHub.Core.Network;
using HomeHub.DBus;

namespace HomeHub.Network.NetworkManager;

/// <summary>The wireless adapter, as NetworkManager has it.</summary>
internal static class NmRadio
{
    /// <summary>Finds the first one.</summary>
    /// <returns>Whether it can be used, and its object; empty without one.</returns>
    /// <exception cref="DBusException">NetworkManager can't be asked.</exception>
    public static async Task<(WifiCondition Condition, string Device)> FindAsync(NmBus bus, CancellationToken cancellation)
    {
        IReadOnlyDictionary<string, object> manager = await bus.ReadAsync(NmNames.Path, NmNames.Manager, cancellation).ConfigureAwait(false);
        object[] answer = await bus.CallAsync(NmNames.Path, NmNames.Manager, "GetDevices", "", [], cancellation).ConfigureAwait(false);
        foreach (DBusPath path in answer is [DBusPath[] paths] ? paths : [])
        {
            IReadOnlyDictionary<string, object> device = await bus.ReadAsync(path.Value, NmNames.Device, cancellation).ConfigureAwait(false);
            if (device.GetValueOrDefault("DeviceType") is NmNames.WifiDevice)
            {
                return (manager.GetValueOrDefault("WirelessEnabled") is true ? WifiCondition.Ready : WifiCondition.SwitchedOff, path.Value);
            }
        }

        return (WifiCondition.NoRadio, "");
    }
}
