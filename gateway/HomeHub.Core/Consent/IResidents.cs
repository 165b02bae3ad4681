using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>Port: who lives here: the people of the household, and whoever a device was set up for. Safe for several threads.</summary>
public interface IResidents
{
    /// <summary>Everybody who lives here now, cheap to ask: looked up anew only when something changed. Null while nobody can tell.</summary>
    IReadOnlySet<PatientReference>? Now { get; }

    /// <summary>Grows whenever <see cref="Now"/> changes after it was first asked; 0 before, and costs nothing then.</summary>
    long Version { get; }
}
