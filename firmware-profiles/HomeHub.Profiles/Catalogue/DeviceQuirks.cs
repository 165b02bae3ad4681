namespace HomeHub.Profiles.Catalogue;

/// <summary>What a model does other than one would expect. Which of these the hub acts on stands in docs/catalogue.md.</summary>
public sealed record DeviceQuirks
{
    /// <summary>No quirk at all: what is assumed of a model that nobody described.</summary>
    public static readonly DeviceQuirks None = new();

    /// <summary>Whether it has to be bonded. The hub pairs with a model that does not need it only when asked.</summary>
    public bool NeedsBond { get; init; } = true;

    /// <summary>Whether LE legacy pairing is accepted, because it knows no other.</summary>
    public bool AcceptsLegacyPairing { get; init; }

    /// <summary>Shortest time from one connection to the next, in seconds; null: the hub's own.</summary>
    public int? ReconnectDelaySeconds { get; init; }

    /// <summary>What is done about its clock.</summary>
    public ClockHandling Clock { get; init; }

    /// <summary>By how much its clock may be off without being set, in seconds; null: the hub's own tolerance.</summary>
    public int? ClockToleranceSeconds { get; init; }

    /// <summary>Whether it advertises only for a while after a measurement.</summary>
    public bool AdvertisesOnlyAfterMeasurement { get; init; }

    /// <summary>Whether it stays connected for as long as it is used.</summary>
    public bool StaysConnected { get; init; }

    /// <summary>Whether it drops the link by itself when it has sent.</summary>
    public bool DropsLink { get; init; }

    /// <summary>Whether it sends records again that it sent before.</summary>
    public bool ResendsRecords { get; init; }

    /// <summary>Whether it erases its memory once it has sent it.</summary>
    public bool ErasesAfterTransfer { get; init; }

    /// <summary>Whether its records are to be deleted once they are receipted, because its memory is small.</summary>
    public bool DeleteAfterReceipt { get; init; }

    /// <summary>Whether its time stamps can't be trusted.</summary>
    public bool UnreliableClock { get; init; }

    /// <summary>Whether the flags or the layout of its records are not as the specification says.</summary>
    public bool WrongFlags { get; init; }

    /// <summary>Whether the unit that it tells is not the one that it measured in.</summary>
    public bool WrongUnits { get; init; }

    /// <summary>Whether the place on the body that it tells is not the one it is made for.</summary>
    public bool WrongBodySite { get; init; }

    /// <summary>Whether it tells its measurement in advertisements, and is not connected.</summary>
    public bool TellsInAdvertisements { get; init; }

    /// <summary>Whether it sends only to a user who consented with a code (User Data Service).</summary>
    public bool NeedsUserConsent { get; init; }

    /// <summary>Whether it has to be set up in its maker's app first.</summary>
    public bool NeedsVendorApp { get; init; }

    /// <summary>
    /// What is right for every one of several models, when it is not known which one is meant: what is harmless to a model that does not need it,
    /// and legacy pairing only if all of them know no other.
    /// </summary>
    public static DeviceQuirks Careful(IReadOnlyCollection<DeviceQuirks> several) => several.Count == 1
        ? several.First()
        : new()
        {
            NeedsBond = several.Any(one => one.NeedsBond),
            AcceptsLegacyPairing = several.Count > 0 && several.All(one => one.AcceptsLegacyPairing),
            ReconnectDelaySeconds = several.Max(one => one.ReconnectDelaySeconds),
            Clock = several.Any(one => one.Clock == ClockHandling.NeverSet) ? ClockHandling.NeverSet
                : several.Count > 0 && several.All(one => one.Clock == ClockHandling.SetBeforeSending) ? ClockHandling.SetBeforeSending
                : ClockHandling.SetWhenOff,
            ClockToleranceSeconds = several.Max(one => one.ClockToleranceSeconds),
            AdvertisesOnlyAfterMeasurement = several.Any(one => one.AdvertisesOnlyAfterMeasurement),
            StaysConnected = several.Any(one => one.StaysConnected),
            DropsLink = several.Any(one => one.DropsLink),
            ResendsRecords = several.Any(one => one.ResendsRecords),
            ErasesAfterTransfer = several.Any(one => one.ErasesAfterTransfer),
            DeleteAfterReceipt = several.Count > 0 && several.All(one => one.DeleteAfterReceipt),
            UnreliableClock = several.Any(one => one.UnreliableClock),
            WrongFlags = several.Any(one => one.WrongFlags),
            WrongUnits = several.Any(one => one.WrongUnits),
            WrongBodySite = several.Any(one => one.WrongBodySite),
            TellsInAdvertisements = several.Any(one => one.TellsInAdvertisements),
            NeedsUserConsent = several.Any(one => one.NeedsUserConsent),
            NeedsVendorApp = several.Any(one => one.NeedsVendorApp),
        };
}
