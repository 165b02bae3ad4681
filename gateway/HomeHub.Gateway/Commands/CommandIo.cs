using HomeHub.Core.Time;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands;

/// <summary>What a command reads from and writes to.</summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
/// <param name="Time">The clock.</param>
internal sealed record CommandIo(Stream In, Stream Out, TextWriter Error, TimeProvider Time)
{
    /// <summary>What the system knows of its time, where the site may vouch for it.</summary>
    public Func<HubConfiguration, IHubClock> Clock { get; init; } = configuration => new SystemHubClock(configuration.TrustsClock);

    /// <summary>Those of the process.</summary>
    public static CommandIo OfProcess() =>
        new(Console.OpenStandardInput(), Console.OpenStandardOutput(), Console.Error, TimeProvider.System);

    /// <summary>Standard output for text.</summary>
    public StreamWriter OpenText() => new(Out, leaveOpen: true) { NewLine = "\n" };
}
