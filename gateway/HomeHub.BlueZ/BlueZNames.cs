namespace HomeHub.BlueZ;

/// <summary>Names of BlueZ's D-Bus API (doc/adapter-api.txt, device-api.txt, gatt-api.txt, agent-api.txt).</summary>
internal static class BlueZNames
{
    public const string Service = "org.bluez";
    public const string Adapter = "org.bluez.Adapter1";
    public const string Device = "org.bluez.Device1";
    public const string GattService = "org.bluez.GattService1";
    public const string GattCharacteristic = "org.bluez.GattCharacteristic1";
    public const string Agent = "org.bluez.Agent1";
    public const string AgentManager = "org.bluez.AgentManager1";
    public const string AgentManagerPath = "/org/bluez";
    public const string Properties = "org.freedesktop.DBus.Properties";
    public const string ObjectManager = "org.freedesktop.DBus.ObjectManager";
    public const string ErrorPrefix = "org.bluez.Error.";
    public const string AuthenticationReason = "org.bluez.Reason.Authentication";

    /// <summary>Path of a peripheral's object.</summary>
    public static string DevicePath(string adapterPath, string address) => $"{adapterPath}/dev_{address.Replace(':', '_')}";
}
