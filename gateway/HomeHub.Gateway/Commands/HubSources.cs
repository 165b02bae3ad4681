using HomeHub.Core.Acquisition;
using HomeHub.Gateway.Capture;
using HomeHub.Simulation;
using HomeHub.Simulation.Household;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Commands;

/// <summary>Where readings come from beside the radio: a capture file, a simulated household.</summary>
internal static class HubSources
{
    /// <summary>Opens them.</summary>
    /// <exception cref="UsageException">A file is not there, or is wrong.</exception>
    public static List<IPayloadSource> Open(string? replay, string? simulate, bool hasRadio, TimeProvider time, ILogger logger)
    {
        List<IPayloadSource> sources = [];
        if (replay is not null)
        {
            sources.Add(File.Exists(replay) ? new ReplaySource(replay) : throw new UsageException($"--replay: there is no file {replay}."));
        }

        if (simulate is not null)
        {
            sources.Add(OpenHousehold(simulate, time, logger));
        }

        if (sources.Count == 0 && !hasRadio)
        {
            logger.LogWarning("No new readings are taken, as none of --bluetooth, --replay and --simulate is given; what is buffered is delivered");
        }

        return sources;
    }

    private static SimulatedHousehold OpenHousehold(string simulate, TimeProvider time, ILogger logger)
    {
        HouseholdDescription description = HouseholdFile.Read(simulate);
        var household = new SimulatedHousehold(description, time);
        logger.LogInformation(
            "Simulating {Devices} devices, seed {Seed}, simulated time from {Start}", description.Devices.Count, household.Seed, household.StartsAt.ToString("s"));
        return household;
    }
}
