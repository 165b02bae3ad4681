using HomeHub.Core.Identity;

namespace HomeHub.Core.Household;

/// <summary>A person of the household, as the pages know them.</summary>
/// <param name="Number">Number of the person here, 1 and up, never given out again; stands in addresses of pages in place of who it is.</param>
/// <param name="Patient">Who it is to the care team.</param>
public sealed record HouseholdPerson(int Number, PatientReference Patient)
{
    /// <summary>Longest <see cref="Name"/>, in characters.</summary>
    public const int MaxNameChars = 40;

    /// <summary>The name by which the person is called at home; null while nobody has said one.</summary>
    public string? Name { get; init; }

    /// <summary>Language of the person's pages, as <c>eu</c>; null: that of the hub.</summary>
    public string? Language { get; init; }

    /// <summary>True when the person has a PIN and so can sign in. Set by <see cref="IHousehold.SetPinAsync"/>.</summary>
    public bool HasPin { get; init; }
}
