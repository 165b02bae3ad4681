using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Overview;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web;

/// <summary>What the pages are made over: ports of Core, nothing else. A page that needs another port gets it here.</summary>
/// <param name="Hub">Who the hub is.</param>
/// <param name="Household">Who lives with it, and how they sign in.</param>
/// <param name="Overview">How the hub is.</param>
/// <param name="KnownPatients">Patients whom devices and readings name, so that they appear among the household's people.</param>
/// <param name="Time">The clock, in the home's time zone.</param>
/// <param name="Loggers">Logs.</param>
public sealed record PagesParts(
    HubIdentity Hub,
    IHousehold Household,
    IHubOverview Overview,
    Func<CancellationToken, Task<IReadOnlyList<PatientReference>>> KnownPatients,
    TimeProvider Time,
    ILoggerFactory Loggers);
