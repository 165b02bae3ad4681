using System.Runtime.CompilerServices;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Telemetry;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Climate;

/// <summary>
/// The room's sensor as a source of payloads: asked every so often. While the hub's time or the home's time zone is not known it is not asked: the room goes on having a temperature, and a
/// value whose time is not known would be worth nothing to anybody (docs/decisions/0048). Never ends.
/// </summary>
/// <param name="sensor">The sensor.</param>
/// <param name="sampler">When it is asked, and what becomes of it.</param>
/// <param name="isTimeKnown">Whether the hub's time and the home's time zone are known.</param>
/// <param name="time">The clock.</param>
/// <param name="metrics">Told of readings that failed.</param>
/// <param name="logger">Told once how it stands with the sensor, whenever that changes. Never of a value.</param>
public sealed class RoomSource(IRoomSensor sensor, RoomSampler sampler, Func<bool> isTimeKnown, TimeProvider time, HubMetrics metrics, ILogger<RoomSource> logger) : IPayloadSource
{
    /// <summary>How often it looks whether the time is known by now.</summary>
    public static readonly TimeSpan LookInterval = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    public string Name => "room";

    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceItem> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(isTimeKnown() ? sampler.Wait(time.GetElapsedTime(0)) : LookInterval, time, cancellation).ConfigureAwait(false);
            if (!isTimeKnown())
            {
                continue;
            }

            RoomNow before = sampler.Now;
            RoomReadout readout = await sensor.ReadAsync(cancellation).ConfigureAwait(false);
            if (sampler.Take(readout, time.GetLocalNow(), time.GetElapsedTime(0)) is { } payload)
            {
                Tell(before);
                yield return new SourceItem(payload, null, 0);
                continue;
            }

            Tell(before);
        }
    }

    private void Tell(RoomNow before)
    {
        RoomNow now = sampler.Now;
        if (now.Faults > before.Faults)
        {
            metrics.RoomNotRead(now.Condition);
        }

        if (now.Condition == before.Condition)
        {
            return;
        }

        switch (now.Condition)
        {
            case RoomCondition.Ready:
                logger.LogInformation("The sensor of the room is read");
                break;
            case RoomCondition.None:
                logger.LogDebug("The board has no sensor that tells temperature and humidity of the room");
                break;
            case RoomCondition.Several:
                logger.LogWarning("There are several sensors of the room, and none is read: name one by the configuration key room.sensor");
                break;
            case RoomCondition.NotThere:
                logger.LogWarning("The sensor that the configuration key room.sensor names is not there");
                break;
            case RoomCondition.Failed:
                logger.LogWarning("The sensor of the room can't be read; it is asked again and again");
                break;
            default:
                logger.LogWarning("The sensor of the room tells what can't be; that is no value, and is not kept");
                break;
        }
    }
}
