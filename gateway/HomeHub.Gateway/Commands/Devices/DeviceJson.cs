using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Identity;
using HomeHub.Core.Naming;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Lines of the commands for devices with <c>--json</c>: keys are only ever added (docs/command-line.md).</summary>
internal static class DeviceJson
{
    /// <summary>A device that was heard. Its data are left out: some scales tell a weight there.</summary>
    public static void Write(Stream output, Advertisement device, RegisteredDevice? registered, CatalogueMatch? model) => WriteLine(output, json =>
    {
        WriteAddress(json, device.Address, device.AddressType);
        json.WriteString("name", device.Name);
        if (device.Rssi is { } rssi)
        {
            json.WriteNumber("rssi", rssi);
        }
        else
        {
            json.WriteNull("rssi");
        }

        json.WriteStartArray("services");
        foreach (BluetoothUuid service in device.Services.Union(device.ServiceData.Keys))
        {
            json.WriteStartObject();
            json.WriteString("uuid", service.ToString());
            json.WriteString("name", NearbyDevices.NameOf(service));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("bonded", device.IsBonded);
        json.WriteString("patient", registered?.Patient?.Key);
        json.WriteString("heardAt", Instant(device.ReceivedAt));
        WriteModel(json, model);
        json.WriteBoolean("unverified", model is null && ModelFinder.SpeaksStandardProfile(device));
    });

    /// <summary>A device that was set up.</summary>
    public static void Write(Stream output, RegisteredDevice device) => WriteLine(output, json =>
    {
        WriteAddress(json, device.Address, device.AddressType);
        json.WriteString("name", device.Name);
        json.WriteString("tag", DeviceTag.Of(device.Address));
        json.WriteString("patient", device.Patient?.Key);
        json.WriteString("assignedAt", device.Patient is null ? null : Instant(device.Users.OwnerSince));
        WriteUsers(json, device.Slots);
        json.WriteString("pairedAt", Instant(device.PairedAt));
        json.WriteString("bond", Bond(device.Bond));
        json.WriteString("lastSessionAt", device.LastSessionAt is { } at ? Instant(at) : null);
        json.WriteString("lastValueAt", device.LastValueAt is { } value ? Instant(value) : null);
        if (device.BatteryPercent is { } battery)
        {
            json.WriteNumber("batteryPercent", battery);
        }
        else
        {
            json.WriteNull("batteryPercent");
        }

        if (device.ExpectedEvery is { } every)
        {
            json.WriteNumber("expectedEveryHours", every.TotalHours);
        }
        else
        {
            json.WriteNull("expectedEveryHours");
        }

        json.WriteString("trouble", device.Trouble is { } trouble ? KebabName.Of(trouble.Fault) : null);
        json.WriteString("advice", device.Trouble?.Advice);
    });

    /// <summary>How a bond came about, as scripts read it; null where there is none.</summary>
    public static string? Bond(BondSecurity? bond) => bond switch
    {
        null => null,
        BondSecurity.Legacy => "legacy",
        BondSecurity.SecureConnections => "secure-connections",
        BondSecurity.SecureConnectionsAuthenticated => "secure-connections-authenticated",
        _ => "unknown",
    };

    private static void WriteUsers(Utf8JsonWriter json, UserSlots slots)
    {
        json.WriteStartArray("users");
        foreach (UserSlot slot in slots)
        {
            json.WriteStartObject();
            json.WriteNumber("user", slot.UserIndex);
            json.WriteString("patient", slot.Patient.Key);
            json.WriteString("assignedAt", Instant(slot.AssignedAt));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteAddress(Utf8JsonWriter json, string address, AddressType type)
    {
        json.WriteString("address", address);
        json.WriteString("addressType", type == AddressType.Public ? "public" : "random");
    }

    private static void WriteModel(Utf8JsonWriter json, CatalogueMatch? match)
    {
        if (match is null)
        {
            json.WriteNull("model");
            return;
        }

        json.WriteStartObject("model");
        json.WriteString("name", match.DisplayName);
        json.WriteString("certainty", KebabName.Of(match.Certainty));
        json.WriteStartArray("ids");
        foreach (CatalogueEntry candidate in match.Candidates)
        {
            json.WriteStringValue(candidate.Id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteLine(Stream output, Action<Utf8JsonWriter> write)
    {
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
        output.Flush();
    }

    private static string Instant(DateTimeOffset at) => at.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFK", CultureInfo.InvariantCulture);
}
