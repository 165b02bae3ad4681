using HomeHub.Core.Consent;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Consent;

/// <summary>A double of who lives here: whom a test says.</summary>
public sealed class ResidentsDouble : IResidents
{
    /// <inheritdoc/>
    public IReadOnlySet<PatientReference>? Now { get; private set; }

    /// <inheritdoc/>
    public DateTimeOffset? LastLeft { get; private set; }

    /// <inheritdoc/>
    public long Version { get; private set; }

    /// <summary>Says who lives here; null: nobody can tell.</summary>
    public void Set(params PatientReference[]? people)
    {
        Now = people?.ToHashSet();
        Version++;
    }

    /// <summary>Says who lives here still, and that somebody else was seen to have left.</summary>
    public void SetAfter(DateTimeOffset left, params PatientReference[] people)
    {
        LastLeft = left;
        Set(people);
    }
}
