using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles.Catalogue;
using Spectre.Console;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Tables of devices for a person at a terminal.</summary>
internal static class DeviceTable
{
    private const short StrongDbm = -60, GoodDbm = -72, WeakDbm = -85;

    /// <summary>Devices that were heard, the nearest first.</summary>
    public static Table OfNearby(
        NearbyDevices devices, IReadOnlyDictionary<string, RegisteredDevice> registered, DeviceCatalogue models)
    {
        Table table = WithAddress().AddColumns("Name", "Model", "Signal", "What it is", "Set up for");
        foreach (Advertisement device in devices.ByDistance())
        {
            table.AddRow(
                Markup.Escape(device.Address),
                Markup.Escape(Printable(device.Name)),
                Markup.Escape(ModelOf(device, models)),
                devices.IsSilent(device) ? "[grey]silent now[/]" : Signal(device.Rssi),
                Markup.Escape(string.Join(", ", device.Services.Union(device.ServiceData.Keys).Select(NearbyDevices.NameOf))),
                Markup.Escape(registered.TryGetValue(device.Address, out RegisteredDevice? known) ? People(known) : device.IsBonded ? "(bonded)" : ""));
        }

        return table;
    }

    /// <summary>Devices that were set up.</summary>
    /// <param name="devices">The devices.</param>
    /// <param name="now">Now; null while the hub's clock is not known, which says of nobody that they are silent.</param>
    public static Table OfRegistered(IReadOnlyList<RegisteredDevice> devices, DateTimeOffset? now)
    {
        Table table = WithAddress().AddColumns("Name", "Set up for", "Bond", "Last contact", "To do");
        foreach (RegisteredDevice device in devices)
        {
            table.AddRow(
                Markup.Escape(device.Address),
                Markup.Escape(Printable(device.Name)),
                Markup.Escape(People(device)),
                Markup.Escape(Bond(device.Bond)),
                device.LastSessionAt?.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "none noted",
                ToDo(device, now));
        }

        return table;
    }

    /// <summary>A table whose first column is the address, in one piece: it is what the other commands are given.</summary>
    private static Table WithAddress() => new Table().Border(TableBorder.Rounded).AddColumn(new TableColumn("Address").NoWrap());

    private static string ToDo(RegisteredDevice device, DateTimeOffset? now)
    {
        string? silent = now is { } known && DeviceSilence.Since(device, known) is { } since
            ? $"Nothing was measured with it for longer than expected, since {since.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}. Ask how its user is, and look at its battery."
            : null;
        string[] told = [.. new[] { device.Trouble?.Advice, silent }.OfType<string>()];
        return told.Length == 0 ? "" : $"[yellow]{Markup.Escape(string.Join(' ', told))}[/]";
    }

    /// <summary>Which model a device is, in words; a note where it works and its model is not known; empty where neither is.</summary>
    public static string ModelOf(Advertisement device, DeviceCatalogue models)
    {
        if (models.Find(device) is not { } match)
        {
            return ModelFinder.SpeaksStandardProfile(device) ? "unverified: not in the catalogue, works by its standard profile" : "";
        }

        string model = match.Certainty == MatchCertainty.Possible ? $"perhaps {match.DisplayName}" : match.DisplayName;
        return match.Candidates.All(candidate => candidate.Support == CatalogueSupport.NotYet) ? $"{model} (not read by the hub yet)" : model;
    }

    /// <summary>Signal strength as bars, and in figures.</summary>
    public static string Signal(short? rssi) => rssi switch
    {
        null => "",
        >= StrongDbm => Bars("green", "▂▄▆█", rssi.Value),
        >= GoodDbm => Bars("green", "▂▄▆ ", rssi.Value),
        >= WeakDbm => Bars("yellow", "▂▄  ", rssi.Value),
        _ => Bars("red", "▂   ", rssi.Value),
    };

    /// <summary>A name that a device made up, without what would move a terminal's cursor.</summary>
    public static string Printable(string? name) => name is null ? "" : string.Concat(name.Where(letter => !char.IsControl(letter)));

    /// <summary>Who uses a device: the owner, or each person with the slot.</summary>
    public static string People(RegisteredDevice device) => device.Patient is { } owner
        ? owner.Key
        : device.Slots.Count == 0
            ? "nobody"
            : string.Join(", ", device.Slots.Select(slot => string.Create(CultureInfo.InvariantCulture, $"{slot.UserIndex}: {slot.Patient.Key}")));

    private static string Bars(string colour, string bars, short rssi) => string.Create(CultureInfo.InvariantCulture, $"[{colour}]{bars}[/] {rssi} dBm");

    private static string Bond(BondSecurity? bond) => bond switch
    {
        null => "none needed",
        BondSecurity.Legacy => "legacy",
        BondSecurity.SecureConnections => "secure",
        BondSecurity.SecureConnectionsAuthenticated => "secure, confirmed",
        _ => "not known",
    };
}
