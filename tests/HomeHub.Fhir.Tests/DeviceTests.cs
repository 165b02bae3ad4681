using System.Text.Json;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>Devices that tell much, little, or nothing of themselves.</summary>
public sealed class DeviceTests
{
    private static readonly DeviceDescriptor Silent = new() { Address = "C0:FF:EE:00:00:02" };

    private static readonly DeviceDescriptor Private = new() { Address = "40:FF:EE:00:00:03", AddressType = AddressType.Random };

    private static readonly DeviceDescriptor Talkative = new()
    {
        Address = "D0:FF:EE:00:00:04",
        AddressType = AddressType.Random,
        Information = new DeviceInformation
        {
            Manufacturer = "Größe \"X\" \\ Söhne\u0000",
            Model = "🩺 1",
            Software = "3",
            UsbId = "1234:56AB",
            IsRegulated = true,
        },
        Services = [0x1810, 0x1822, 0x180F],
        HasReadableClock = true,
        HasWritableClock = true,
    };

    /// <summary>Every shape of a Device, for the validator.</summary>
    public static IEnumerable<string> Jsons() => new[] { Silent, Private, Talkative, Cuff }.Select(JsonOf);

    [Fact]
    public void What_was_not_told_is_said_to_be_unknown()
    {
        JsonElement device = Encoded.Parse(JsonOf(Silent));
        Assert.Equal("unknown", Unknown(device.GetProperty("_manufacturer")));
        Assert.Equal("unknown", Unknown(device.GetProperty("_modelNumber")));
        Assert.Equal("531975", CodeOf(device.GetProperty("version")[0].GetProperty("type")));
        Assert.Equal("unknown", Unknown(device.GetProperty("version")[0].GetProperty("_value")));
        Assert.Equal("528457", CodeOf(device.GetProperty("specialization")[0].GetProperty("systemType")));
        Assert.False(device.TryGetProperty("manufacturer", out _) || device.TryGetProperty("serialNumber", out _));
    }

    [Fact]
    public void A_text_of_control_characters_is_no_text()
    {
        DeviceDescriptor device = Silent with { Information = new DeviceInformation { Model = "\u0001 \u0002", Serial = "\u0003", Software = "\u0004" } };
        Assert.Equal(JsonOf(Silent), JsonOf(device));
    }

    [Fact]
    public void A_public_address_identifies_a_device_without_a_system_id()
    {
        JsonElement identifier = Assert.Single(Encoded.Parse(JsonOf(Silent)).GetProperty("identifier").EnumerateArray());
        Assert.Equal("C0-FF-EE-00-00-02", identifier.GetProperty("value").GetString());
        Assert.Equal("BTMAC", CodeOf(identifier.GetProperty("type")));
    }

    [Fact]
    public void A_private_address_identifies_nobody_so_the_uuid_does()
    {
        string json = JsonOf(Private);
        JsonElement identifier = Assert.Single(Encoded.Parse(json).GetProperty("identifier").EnumerateArray());
        Assert.Equal("urn:ietf:rfc:3986", identifier.GetProperty("system").GetString());
        Assert.Equal($"urn:uuid:{IdOf(Private)}", identifier.GetProperty("value").GetString());
        Assert.DoesNotContain("BTMAC", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Properties_tell_of_clock_regulation_and_usb()
    {
        JsonElement device = Encoded.Parse(JsonOf(Talkative));
        Assert.Equal(
            ["68220", "68219.0", "68219.1", "68222", "532354.0", "USB"],
            device.GetProperty("property").EnumerateArray().Select(p => CodeOf(p.GetProperty("type"))));
        Assert.Equal("N", CodeOf(device.GetProperty("property")[4].GetProperty("valueCode")[0]));
        Assert.Equal("1234:56AB", device.GetProperty("property")[5].GetProperty("valueCode")[0].GetProperty("text").GetString());
        Assert.Equal("Größe \"X\" \\ Söhne", device.GetProperty("manufacturer").GetString());
        Assert.Equal("🩺 1", device.GetProperty("modelNumber").GetString());
    }

    [Fact]
    public void Each_health_service_gives_a_specialization() => Assert.Equal(
        ["528391", "528388"],
        Encoded.Parse(JsonOf(Talkative)).GetProperty("specialization").EnumerateArray()
            .Select(s => CodeOf(s.GetProperty("systemType"))).Where(code => code is "528391" or "528388"));

    [Fact]
    public void Learning_more_changes_the_content_and_not_the_identity()
    {
        DeviceDescriptor better = Silent with { Information = new DeviceInformation { Model = "M" } };
        Assert.Equal(IdOf(Silent), IdOf(better));
        Assert.NotEqual(EntryOf(Silent).ContentHash, EntryOf(better).ContentHash);
        Assert.Equal(EntryOf(better), EntryOf(better with { Services = [.. better.Services] }));
    }

    [Fact]
    public void A_service_that_is_left_out_changes_the_content_and_no_identifier()
    {
        foreach (DeviceDescriptor device in new[] { Silent, Private, Talkative })
        {
            DeviceDescriptor both = device with { Services = [0x1808, 0x1810] }, one = device with { Services = [0x1810] };
            Assert.Equal(IdOf(both), IdOf(one));
            Assert.NotEqual(EntryOf(both).ContentHash, EntryOf(one).ContentHash);
            Assert.Contains("528401", JsonOf(both), StringComparison.Ordinal);
            Assert.DoesNotContain("528401", JsonOf(one), StringComparison.Ordinal);
            Assert.Equal(Encoded.Parse(JsonOf(both)).GetProperty("identifier").GetRawText(), Encoded.Parse(JsonOf(one)).GetProperty("identifier").GetRawText());
        }
    }

    [Fact]
    public void Devices_are_listed_once_the_hub_first_and_as_last_known()
    {
        DeviceDescriptor better = Silent with { HasReadableClock = true };
        IReadOnlyList<DeviceEntry> entries = Samples.Encoder.ListDevices(Hub, [RecordOf(Silent), RecordOf(Private), RecordOf(better)]);
        Assert.Equal(3, entries.Count);
        Assert.Equal(EntryOf(better), entries[1]);
        Assert.Equal(EntryOf(Private), entries[2]);
    }

    private static HomeHub.Core.Acquisition.AcquiredReading RecordOf(DeviceDescriptor device) =>
        Record(device, "2026-03-14T07:45:06+01:00", Numeric(67996, "MDC_ATTR_VAL_BATT_CHARGE", 80m, Units.Percent));

    private static string JsonOf(DeviceDescriptor device) => Encoded.Resources(RecordOf(device))[0].Json;

    private static DeviceEntry EntryOf(DeviceDescriptor device) => Samples.Encoder.ListDevices(Hub, [RecordOf(device)])[1];

    private static Guid IdOf(DeviceDescriptor device) => EntryOf(device).Id;

    private static string CodeOf(JsonElement concept) => concept.GetProperty("coding")[0].GetProperty("code").GetString()!;

    private static string? Unknown(JsonElement primitive) => primitive.GetProperty("extension")[0].GetProperty("valueCode").GetString();
}
