using HomeHub.Profiles.Catalogue;

namespace HomeHub.Profiles.Tests.Catalogue;

public sealed class MatchingTests
{
    private static readonly DeviceCatalogue Catalogue = new(CatalogueFolder.Entries);

    [Theory]
    [InlineData("A&D_UA-651BLE_B5583A", "1810", "and-ua-651ble")]
    [InlineData("A&D_UC-352BLE_8DA42A", "181D", "and-uc-352ble")]
    [InlineData("UB-1100BLE_88C32F", "1810", "and-ub-1100ble")]
    [InlineData("BLEsmart_00000160C0FFEE000001", "1810", "omron-bp5250")]
    [InlineData("BLESmart_00000244001122334455", "1810", "omron-rs7-intelli-it")]
    [InlineData("BLESmart_00010112C0FFEE000001", "181D", "omron-sc-150")]
    [InlineData("Polar H10 12345678", "180D", "polar-h10")]
    [InlineData("TICKR B321", "180D", "wahoo-tickr")]
    [InlineData("HRM-Pro+:1234567", "180D", "garmin-hrm-pro")]
    [InlineData("Nonin3230_502123456", "1822", "nonin-3230")]
    [InlineData("CareSensNPlus 1234", "1808", "isens-caresens-n-plus")]
    [InlineData("OneTouch J7RG", null, "lifescan-onetouch-verio-flex")]
    [InlineData("Dexcom6N", null, "dexcom-g6")]
    public void A_name_with_a_serial_number_is_likely_a_model(string name, string? service, string id)
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Name = name, Services = service is null ? [] : [service] })!;
        Assert.Equal((id, MatchCertainty.Likely), (match.Entry?.Id, match.Certainty));
    }

    [Theory]
    [InlineData("X4 Smart", "omron-x4-smart")]
    [InlineData("TAIDOC TD1241", "taidoc-td-1241")]
    [InlineData("MIBFS", "xiaomi-body-composition-scale-2")]
    [InlineData("Beurer BM85", "beurer-bm85")]
    public void A_whole_name_is_certain(string name, string id)
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Name = name })!;
        Assert.Equal((id, MatchCertainty.Certain), (match.Entry?.Id, match.Certainty));
    }

    [Fact]
    public void A_name_that_several_models_begin_with_names_them_all()
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Name = "meter+0123456", Services = ["1808"] })!;
        Assert.Null(match.Entry);
        Assert.Equal(["roche-accu-chek-guide", "roche-accu-chek-guide-me", "roche-accu-chek-instant"], match.Candidates.Select(candidate => candidate.Id));
        Assert.Contains(" or ", match.DisplayName, StringComparison.Ordinal);
        CatalogueMatch omron = Catalogue.Find(new DeviceSighting { Name = "BLESmart_0000015428FFB251DB2C" })!;
        Assert.Equal(["omron-blesmart", "omron-bp5150"], omron.Candidates.Select(candidate => candidate.Id));
        Assert.Equal(ClockHandling.NeverSet, omron.Quirks.Clock);
    }

    [Fact]
    public void The_model_number_decides()
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Name = "renamed", ModelNumber = "UB-1100BLE" })!;
        Assert.Equal(("and-ub-1100ble", MatchCertainty.Certain), (match.Entry?.Id, match.Certainty));
    }

    [Theory]
    [InlineData(null, "1810")]
    [InlineData("BP monitor of nobody", "1810")]
    [InlineData("polar h10", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void What_is_not_in_it_is_not_found(string? name, string? service) =>
        Assert.Null(Catalogue.Find(new DeviceSighting { Name = name, Services = service is null ? [] : [service] }));

    [Fact]
    public void A_device_that_offers_only_another_health_service_is_not_the_model() =>
        Assert.Null(Catalogue.Find(new DeviceSighting { Name = "Polar H10 12345678", Services = ["1810"] }));

    [Fact]
    public void Services_that_measure_nothing_contradict_nothing() =>
        Assert.Equal("polar-h10", Catalogue.Find(new DeviceSighting { Name = "Polar H10 12345678", Services = ["180A", "180F"] })?.Entry?.Id);

    [Fact]
    public void Without_a_name_a_vendors_service_makes_a_model_possible()
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Services = ["14839ac4-7d7e-415c-9a42-167340cf2339"] })!;
        Assert.Equal(("wellue-o2ring", MatchCertainty.Possible), (match.Entry?.Id, match.Certainty));
    }

    [Fact]
    public void Without_a_name_the_makers_data_and_a_service_make_a_model_possible()
    {
        CatalogueMatch match = Catalogue.Find(new DeviceSighting { Services = ["181F"], CompanyIds = [0x0170] })!;
        Assert.Equal(("roche-accu-chek-smartguide", MatchCertainty.Possible), (match.Entry?.Id, match.Certainty));
        Assert.Null(Catalogue.Find(new DeviceSighting { Services = ["181F"], CompanyIds = [0x004C] }));
    }

    [Fact]
    public void Of_several_models_the_careful_choice_counts()
    {
        DeviceQuirks careful = DeviceQuirks.Careful(
        [
            new() { NeedsBond = false, AcceptsLegacyPairing = true, ReconnectDelaySeconds = 40, Clock = ClockHandling.SetBeforeSending },
            new() { NeedsBond = true, AcceptsLegacyPairing = false, ReconnectDelaySeconds = 15, Clock = ClockHandling.NeverSet },
        ]);
        Assert.Equal((true, false, 40, ClockHandling.NeverSet), (careful.NeedsBond, careful.AcceptsLegacyPairing, careful.ReconnectDelaySeconds, careful.Clock));
    }
}
