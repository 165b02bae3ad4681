using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Core.Time;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>The home's time zone that a person set on the pages, taken up at a start, also of a hub that serves no pages this time.</summary>
internal static class SavedZone
{
    /// <summary>Takes it, unless the configuration says one. Where it can't be read there is none: what devices tell is held until somebody says it.</summary>
    public static async Task TakeAsync(HomeZone home, string folder, ILogger logger, CancellationToken cancellation)
    {
        if (home.IsFixed || !File.Exists(Path.Combine(folder, SqliteHousehold.FileName)))
        {
            return;
        }

        try
        {
            IHousehold household = await Adapters.OpenHouseholdAsync(folder, cancellation).ConfigureAwait(false);
            await using (household.ConfigureAwait(false))
            {
                if (await household.GetSettingAsync(HouseholdSettings.TimeZone, cancellation).ConfigureAwait(false) is not { } name)
                {
                    return;
                }

                if (HomeZone.Find(name) is { } zone)
                {
                    home.Set(zone);
                }
                else
                {
                    logger.LogWarning("The time zone that was set on the pages is not known to this system any more: {Zone}", name);
                }
            }
        }
        catch (BufferException error)
        {
            logger.LogWarning("The home's time zone can't be read: {Error}", error.Message);
        }
    }
}
