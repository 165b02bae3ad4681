using System.Text;
using HomeHub.Profiles.DeviceInformationService;

namespace HomeHub.Profiles.Tests.DeviceInformationService;

/// <summary>What a device says of itself.</summary>
public class DeviceInformationTests
{
    [Theory]
    [InlineData("0000000000000000")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    [InlineData("ABABABABABABABAB")]
    [InlineData("5544332211887766")]
    [InlineData("DEBC9AFEFF563412")]
    public void A_dummy_system_id_counts_as_absent(string hex)
    {
        DecodeResult result = Payload.Decode(DeviceInformationProfile.SystemIdUuid, hex);
        Assert.Null(result.Error);
        Assert.Null(result.Device!.SystemId);
    }

    [Fact]
    public void A_system_id_is_told_organisation_first() =>
        Assert.Equal("CCBBAAFFFE112233", Payload.Decode(DeviceInformationProfile.SystemIdUuid, "332211FEFFAABBCC").Device!.SystemId);

    [Theory]
    [InlineData("", null)]
    [InlineData("00", null)]
    [InlineData("2020", null)]
    [InlineData("0041", null)]
    [InlineData("4100FF", "A")]
    [InlineData("410A42", "A B")]
    [InlineData("0941", "A")]
    [InlineData("C3", "\uFFFD")]
    [InlineData("C328", "\uFFFD(")]
    [InlineData("EDA080", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("41C28542", "A B")]
    public void A_text_is_safe_whatever_its_octets(string hex, string? text) => Assert.Equal(text, DeviceText.Read(Payload.Octets(hex)));

    [Fact]
    public void A_text_never_holds_what_a_FHIR_string_may_not()
    {
        for (int first = 0; first <= 0xFF; first++)
        {
            for (int second = 0; second <= 0xFF; second++)
            {
                string? text = DeviceText.Read([(byte)first, (byte)second, 0x41]);
                Assert.True(text is null || (text.Length > 0 && !text.Any(char.IsControl) && text.Trim() == text && !text.Any(char.IsSurrogate)));
            }
        }
    }

    [Fact]
    public void Each_characteristic_tells_its_own_field()
    {
        var told = new DeviceInformation();
        foreach ((ushort uuid, string text) in new[]
        {
            (DeviceInformationProfile.ModelUuid, "model"), (DeviceInformationProfile.SerialUuid, "serial"),
            (DeviceInformationProfile.FirmwareUuid, "firmware"), (DeviceInformationProfile.HardwareUuid, "hardware"),
            (DeviceInformationProfile.SoftwareUuid, "software"), (DeviceInformationProfile.ManufacturerUuid, "manufacturer"),
        })
        {
            told = told.With(ProfileRegistry.Decode(uuid, Encoding.UTF8.GetBytes(text), SessionContext.Empty).Device!);
        }

        told = told.With(Payload.Decode(DeviceInformationProfile.SystemIdUuid, "332211FEFFAABBCC").Device!);
        told = told.With(Payload.Decode(DeviceInformationProfile.PnpIdUuid, "02 3412 AB56 0001").Device!);
        told = told.With(Payload.Decode(DeviceInformationProfile.CertificationUuid, "0001 0006 02 02 0002 0000").Device!);
        Assert.Equal(
            new DeviceInformation
            {
                Model = "model", Serial = "serial", Firmware = "firmware", Hardware = "hardware", Software = "software",
                Manufacturer = "manufacturer", SystemId = "CCBBAAFFFE112233", UsbId = "1234:56AB", IsRegulated = true,
            },
            told);
    }

    [Theory]
    [InlineData("01 3412 AB56 0001")]
    [InlineData("00 3412 AB56 0001")]
    [InlineData("FF 3412 AB56 0001")]
    public void Only_a_vendor_of_USB_has_a_USB_id(string hex) =>
        Assert.Null(Payload.Decode(DeviceInformationProfile.PnpIdUuid, hex).Device!.UsbId);

    [Fact]
    public void Every_payload_is_whole_only_as_it_is()
    {
        Payload.MustBeWholeOnlyAsItIs(DeviceInformationProfile.SystemIdUuid, "332211FEFFAABBCC");
        Payload.MustBeWholeOnlyAsItIs(DeviceInformationProfile.PnpIdUuid, "02 3412 AB56 0001");
    }

    [Theory]
    [InlineData("0001 0007 02 02 0002 8000", DecodeErrorCode.Truncated, "Length", 2)]
    [InlineData("0001 0005 02 02 0002 8000", DecodeErrorCode.TrailingOctets, "Length", 2)]
    [InlineData("0002 0006 02 02 0002 8000", DecodeErrorCode.Truncated, "Authority Body", 10)]
    [InlineData("0001 0006 02 02 0003 8000", DecodeErrorCode.Truncated, "Data", 8)]
    [InlineData("0000 0006 02 02 0002 8000", DecodeErrorCode.TrailingOctets, "end of payload", 4)]
    [InlineData("00", DecodeErrorCode.Truncated, "Count", 0)]
    public void A_list_whose_lengths_are_wrong_is_rejected(string hex, DecodeErrorCode code, string field, int offset) =>
        Payload.MustBeRejected(DeviceInformationProfile.CertificationUuid, hex, code, field, offset);
}
