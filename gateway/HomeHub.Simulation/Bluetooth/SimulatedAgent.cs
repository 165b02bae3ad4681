using HomeHub.DBus;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.Bluetooth;

/// <summary>How a simulated device behaves while it is paired: it has a display and shows a number, or it has nothing.</summary>
/// <param name="security">What it asks for.</param>
/// <param name="shows">Told the number that it shows.</param>
public sealed class SimulatedAgent(DeviceSecurity security, Action<uint> shows)
{
    /// <summary>
    /// Whether it answers pairings of every adapter: BlueZ asks one agent for all of them, so where several simulated devices share a system the last one
    /// that was started answers for all. Else what is paired over other adapters is refused here.
    /// </summary>
    public bool AnswersForAll { get; init; }

    /// <summary>What it can do, as BlueZ calls it.</summary>
    public string Capability => security == DeviceSecurity.Passkey ? "DisplayOnly" : "NoInputNoOutput";

    /// <summary>The agent as an object.</summary>
    /// <param name="path">Where.</param>
    /// <param name="adapter">Path of the device's adapter: pairings over others are none of its own, though the system may ask it for them.</param>
    /// <param name="bluez">Unique name of the Bluetooth service now; null while there is none.</param>
    internal DBusObject ToObject(string path, string adapter, Func<string?> bluez)
    {
        return new DBusObject(path, new DBusInterface("org.bluez.Agent1")
        {
            Methods =
            [
                new DBusMethod("Release", "", "", _ => Nothing()),
                new DBusMethod("Cancel", "", "", _ => Nothing()),
                Own("RequestAuthorization", "o", _ => Nothing()),
                Own("AuthorizeService", "os", _ => Nothing()),
                Own("RequestConfirmation", "ou", _ => Nothing()),
                Own("DisplayPasskey", "ouq", call =>
                {
                    shows((uint)call.Arguments[1]);
                    return Nothing();
                }),
                new DBusMethod("RequestPasskey", "o", "u", _ => throw Rejected("This device has no keys.")),
            ],
        });

        DBusMethod Own(string name, string takes, Func<DBusCall, Task<IReadOnlyList<object>>> answer) => new(
            name,
            takes,
            "",
            call => call.Sender == bluez() && (AnswersForAll || (call.Arguments[0] is DBusPath device && device.Value.StartsWith(adapter + "/", StringComparison.Ordinal)))
                ? answer(call)
                : throw Rejected("This is none of the device's pairings."));
    }

    private static DBusException Rejected(string why) => new("org.bluez.Error.Rejected", why);

    private static Task<IReadOnlyList<object>> Nothing() => Task.FromResult<IReadOnlyList<object>>([]);
}
