namespace HomeHub.Network.Avahi;

/// <summary>Names and numbers of Avahi's D-Bus interfaces (avahi-daemon/org.freedesktop.Avahi.*.xml, avahi-common/defs.h).</summary>
internal static class AvahiNames
{
    public const string Service = "org.freedesktop.Avahi", ServerPath = "/", Server = "org.freedesktop.Avahi.Server", EntryGroup = "org.freedesktop.Avahi.EntryGroup";

    /// <summary>Error of a name that this machine tells already.</summary>
    public const string LocalCollision = "org.freedesktop.Avahi.CollisionError";

    /// <summary>AVAHI_SERVER_RUNNING.</summary>
    public const int ServerRunning = 2;

    /// <summary>AVAHI_ENTRY_GROUP_ESTABLISHED, _COLLISION, _FAILURE.</summary>
    public const int Established = 2, Collision = 3, Failure = 4;

    /// <summary>AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC.</summary>
    public const int Any = -1;

    /// <summary>AVAHI_PROTO_INET, AVAHI_PROTO_INET6.</summary>
    public const int Ipv4 = 0, Ipv6 = 1;

    /// <summary>AVAHI_PUBLISH_NO_REVERSE: the machine's own name keeps the way back from its address.</summary>
    public const uint NoReverse = 16;
}
