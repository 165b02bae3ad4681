namespace HomeHub.Network.NetworkManager;

/// <summary>Names and numbers of NetworkManager's D-Bus interfaces (introspection/*.xml, libnm-core-public/nm-dbus-interface.h).</summary>
internal static class NmNames
{
    public const string Service = "org.freedesktop.NetworkManager", Path = "/org/freedesktop/NetworkManager", Manager = Service, Device = Service + ".Device";

    public const string Wireless = Device + ".Wireless", AccessPoint = Service + ".AccessPoint", Active = Service + ".Connection.Active";

    public const string SettingsPath = Path + "/Settings", Settings = Service + ".Settings", Connection = Settings + ".Connection", Properties = "org.freedesktop.DBus.Properties";

    /// <summary>Error of what polkit does not allow.</summary>
    public const string NotPermitted = Service + ".PermissionDenied";

    /// <summary>NM_DEVICE_TYPE_WIFI.</summary>
    public const uint WifiDevice = 2;

    /// <summary>NM_WIFI_DEVICE_CAP_AP: it can be an access point.</summary>
    public const uint CanBeAccessPoint = 0x40;

    /// <summary>NM_802_11_MODE_AP: it is one.</summary>
    public const uint IsAccessPoint = 3;

    /// <summary>NM_ACTIVE_CONNECTION_STATE_ACTIVATED, _DEACTIVATED.</summary>
    public const uint Activated = 2, Deactivated = 4;

    /// <summary>NM_802_11_AP_FLAGS_PRIVACY.</summary>
    public const uint Privacy = 1;

    /// <summary>NM_802_11_AP_SEC_KEY_MGMT_PSK, _802_1X, _SAE, _OWE.</summary>
    public const uint Psk = 0x100, Account = 0x200, Sae = 0x400, Owe = 0x800;

    /// <summary>NM_DEVICE_STATE_FAILED.</summary>
    public const uint DeviceFailed = 120;

    /// <summary>NM_DEVICE_STATE_REASON_NO_SECRETS, _SUPPLICANT_DISCONNECT, _SUPPLICANT_FAILED, _SUPPLICANT_TIMEOUT.</summary>
    public const uint NoSecrets = 7, SupplicantDisconnect = 8, SupplicantFailed = 10, SupplicantTimeout = 11;

    /// <summary>NM_DEVICE_STATE_REASON_IP_CONFIG_UNAVAILABLE, _DHCP_START_FAILED, _DHCP_ERROR, _DHCP_FAILED.</summary>
    public const uint IpUnavailable = 5, DhcpStartFailed = 15, DhcpError = 16, DhcpFailed = 17;

    /// <summary>NM_DEVICE_STATE_REASON_SSID_NOT_FOUND.</summary>
    public const uint SsidNotFound = 53;
}
