using HomeHub.DBus;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>How a simulated device behaves while it is paired: it has a display and shows a number, or it has nothing.</summary>
/// <param name="security">What it asks for.</param>
/// <param name="shows">Told the number that it shows.</param>
public sealed class SimulatedAgent(DeviceSecurity security, Action<uint> shows)
{
    /// <summary>What it can do, as BlueZ calls it.</summary>
    public string Capability => security == DeviceSecurity.Passkey ? "DisplayOnly" : "NoInputNoOutput";

    internal DBusObject ToObject(string path) => new(path, new DBusInterface("org.bluez.Agent1")
    {
        Methods =
        [
            new DBusMethod("Release", "", "", _ => Nothing()), new DBusMethod("Cancel", "", "", _ => Nothing()),
            new DBusMethod("RequestAuthorization", "o", "", _ => Nothing()), new DBusMethod("AuthorizeService", "os", "", _ => Nothing()),
            new DBusMethod("RequestConfirmation", "ou", "", _ => Nothing()),
            new DBusMethod("DisplayPasskey", "ouq", "", call =>
            {
                shows((uint)call.Arguments[1]);
                return Nothing();
            }),
            new DBusMethod("RequestPasskey", "o", "u", _ => throw new DBusException("org.bluez.Error.Rejected", "This device has no keys.")),
        ],
    });

    private static Task<IReadOnlyList<object>> Nothing() => Task.FromResult<IReadOnlyList<object>>([]);
}
