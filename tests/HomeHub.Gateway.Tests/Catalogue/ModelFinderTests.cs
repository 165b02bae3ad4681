using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Catalogue;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing;

namespace HomeHub.Gateway.Tests.Catalogue;

public sealed class ModelFinderTests
{
    private static readonly DeviceCatalogue Models = Load();

    [Fact]
    public void Discovery_listens_for_health_services_and_for_the_catalogues_names_and_services()
    {
        ScanFilter filter = Models.Filter(NearbyDevices.HealthServices);
        Assert.True(filter.Fits(Heard(null, "1810")));
        Assert.True(filter.Fits(Heard("OneTouch J7RG")));
        Assert.True(filter.Fits(Heard("meter+0123456")));
        Assert.True(filter.Fits(Heard(null, "14839ac4-7d7e-415c-9a42-167340cf2339")));
        Assert.False(filter.Fits(Heard("Kitchen lamp", "180F")));
        Assert.False(filter.Fits(Heard(null)));
    }

    [Theory]
    [InlineData("Polar H10 12345678", "180D", "Polar H10")]
    [InlineData("OneTouch J7RG", "180A", "LifeScan OneTouch Verio Flex (not read by the hub yet)")]
    [InlineData(null, "cdeacb80-5235-4c07-8846-93a37ee6b86d", "perhaps Jumper JPD-500 (not read by the hub yet)")]
    [InlineData("Somebody's BP", "1810", "unverified: not in the catalogue, works by its standard profile")]
    [InlineData("Kitchen lamp", "180F", "")]
    public void A_person_is_told_which_model_it_is_or_that_nobody_knows(string? name, string service, string told) =>
        Assert.Equal(told, DeviceTable.ModelOf(Heard(name, service), Models));

    [Theory]
    [InlineData("TAIDOC TD1241", null, 40, ClockRule.WhenOff)]
    [InlineData("A&D_UA-651BLE_B5583A", null, null, ClockRule.BeforeSending)]
    [InlineData("X4 Smart", null, null, ClockRule.Never)]
    [InlineData("renamed", "UB-1100BLE", null, ClockRule.BeforeSending)]
    [InlineData("meter+1", null, null, ClockRule.WhenOff)]
    [InlineData("Somebody's BP", null, null, ClockRule.WhenOff)]
    [InlineData(null, null, null, ClockRule.WhenOff)]
    public void A_session_does_what_the_model_needs(string? name, string? model, int? seconds, ClockRule clock)
    {
        DeviceTraits traits = Models.TraitsOf(Registered(name), model);
        Assert.Equal((seconds, clock), ((int?)traits.ReconnectAfter?.TotalSeconds, traits.Clock));
    }

    [Theory]
    [InlineData("BerryMed", "49535343-fe7d-4ae5-8fa9-9fafd205e455")]
    [InlineData("PC-60F_SN123456", "6e400001-b5a3-f393-e0a9-e50e24dcca9e")]
    [InlineData("Thermal printer", null)]
    [InlineData(null, null)]
    public void A_serial_service_is_taken_of_the_model_that_speaks_so_only(string? name, string? service)
    {
        IReadOnlyList<BluetoothUuid> services = Models.TraitsOf(Registered(name), null).VendorServices;
        Assert.Equal(service is null ? [] : [BluetoothUuid.Parse(service)], services);
    }

    private static DeviceCatalogue Load()
    {
        LoadedCatalogue loaded = CatalogueFiles.Load(null, withTexts: false);
        Assert.Empty(loaded.Errors);
        return loaded.Models;
    }

    private static Advertisement Heard(string? name, params string[] services) => new()
    {
        Address = "C0:FF:EE:00:00:01",
        Name = name,
        Services = [.. services.Select(service => BluetoothUuid.TryParse(service, out BluetoothUuid uuid) ? uuid : throw new ArgumentException(service))],
        ReceivedAt = SampleReadings.Start,
    };

    private static RegisteredDevice Registered(string? name) => new()
    {
        Address = "C0:FF:EE:00:00:01", Name = name, Patient = PatientReference.TryParse("Patient/p1", out PatientReference? owner) ? owner! : null!, PairedAt = SampleReadings.Start,
    };
}
