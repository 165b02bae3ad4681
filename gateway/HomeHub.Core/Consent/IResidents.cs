using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>Port: who lives here: the people of the household, and whoever a device was set up for. Safe for several threads.</summary>
public interface IResidents
{
    /// <summary>Everybody who lives here now, cheap to ask: looked up anew only when something changed. Null while nobody can tell.</summary>
    IReadOnlySet<PatientReference>? Now { get; }

    /// <summary>
    /// When it was last seen that somebody who lived here does not any more; null for never. What was measured of the room before had to be given by that person too, who can't be asked any more.
    /// Never earlier than it was; looked up with <see cref="Now"/>, which is to be asked first.
    /// </summary>
    DateTimeOffset? LastLeft { get; }

    /// <summary>Grows whenever <see cref="Now"/> changes after it was first asked; 0 before, and costs nothing then.</summary>
    long Version { get; }
}
