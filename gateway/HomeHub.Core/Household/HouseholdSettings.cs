namespace HomeHub.Core.Household;

/// <summary>Names of what <see cref="IHousehold"/> keeps for the household as a whole. What guides and pages remember of their own begins with their name.</summary>
public static class HouseholdSettings
{
    /// <summary>Language of pages of whoever has not chosen one, as <c>eu</c>.</summary>
    public const string Language = "language";

    /// <summary>The home's time zone, <c>Europe/Madrid</c>; the configuration wins over it.</summary>
    public const string TimeZone = "time-zone";

    /// <summary>That the hub has been in a network since it was claimed: from then on it opens none of its own by itself.</summary>
    public const string HadNetwork = "had-network";

    /// <summary>Unit in which glucose is shown: <c>mmol/L</c> or <c>mg/dL</c>. What is kept and sent stays as the device said it.</summary>
    public const string GlucoseUnit = "glucose-unit";

    /// <summary>What is about the machine and where it stands, and does not move to another one: that the guide's steps for its network, and the guide as a whole, were done, and that it has been in a network.</summary>
    public static readonly IReadOnlyList<string> OfTheMachine = ["setup.network", "setup.connection", "setup.summary", HadNetwork];

    /// <summary>The same for one person, where that person chose.</summary>
    /// <param name="person">Number of the person.</param>
    public static string GlucoseUnitOf(int person) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{GlucoseUnit}/{person}");
}
