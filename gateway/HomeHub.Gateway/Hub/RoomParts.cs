using HomeHub.Core.Acquisition;
using HomeHub.Core.Climate;
using HomeHub.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What a hub has more that looks for a sensor of its room: a source of readings, and how the room is.</summary>
/// <param name="Source">Where readings come from.</param>
/// <param name="Now">How the room is.</param>
internal sealed record RoomParts(IPayloadSource Source, Func<RoomNow> Now)
{
    /// <summary>Makes them; null where none is looked for.</summary>
    public static RoomParts? Open(HubParts parts, HubMetrics metrics)
    {
        if (!parts.Configuration.Room.IsEnabled)
        {
            return null;
        }

        var sampler = new RoomSampler(TimeSpan.FromMinutes(parts.Configuration.Room.Minutes));
        var source = new RoomSource(
            Adapters.OpenRoomSensor(parts.Configuration.Room, parts.Time), sampler, () => parts.Home.IsKnown && parts.Clock.IsTimeKnown, parts.Time, metrics, parts.Loggers.CreateLogger<RoomSource>());
        return new RoomParts(source, () => sampler.Now);
    }
}
