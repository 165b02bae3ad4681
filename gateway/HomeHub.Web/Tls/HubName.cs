using HomeHub.Core.Identity;

namespace HomeHub.Web.Tls;

/// <summary>The hub's name on the home network: <c>homehub-</c> and the first four hex digits of its id.</summary>
public static class HubName
{
    /// <summary>The name alone: <c>homehub-1a2b</c>.</summary>
    public static string Of(HubIdentity hub) => $"homehub-{hub.Id.ToString("N")[..4]}";

    /// <summary>The name as it is asked for by multicast DNS: <c>homehub-1a2b.local</c>.</summary>
    public static string LocalOf(HubIdentity hub) => Of(hub) + ".local";
}
