using System.CommandLine;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices</c>: the devices around the hub, for a person at a terminal and for scripts.</summary>
internal static class DevicesCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "devices",
        "Finds, pairs, assigns, lists and forgets personal health devices. Works beside a running hub, which uses a new device at once.",
        "homehub devices scan",
        "homehub devices pair C0:FF:EE:00:00:01 --patient Patient/p1 --data ./data",
        "homehub devices list --data ./data")
    {
        ScanDevicesCommand.Create(io),
        PairDeviceCommand.Create(io),
        AssignDeviceCommand.Create(io),
        UnassignDeviceCommand.Create(io),
        ExpectDeviceCommand.Create(io),
        ListDevicesCommand.Create(io),
        ForgetDeviceCommand.Create(io),
        WatchDevicesCommand.Create(io),
    };
}
