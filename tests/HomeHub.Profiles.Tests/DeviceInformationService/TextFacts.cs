using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.DeviceInformationService;

internal abstract class TextFacts(ushort characteristic, Func<DeviceInformation, string?> field) : CharacteristicFacts
{
    public override BluetoothUuid Characteristic => characteristic;

    public override string? WhyCutsCanBeWhole => "a text of any length is a text";

    public override string? WhyMoreCanBeWhole => WhyCutsCanBeWhole;

    public override void Collect(GattVector vector, DecodeResult result, FactSheet facts)
    {
        string? text = field(result.Device!);
        // Only the one field is told.
        DeviceInformation only = result.Device!;
        Assert.Equal(text is null ? 0 : 1, new[] { only.Model, only.Serial, only.Firmware, only.Hardware, only.Software, only.Manufacturer }
            .Count(value => value is not null));
        facts["text"] = text;
    }
}

internal sealed class ModelFacts() : TextFacts(DeviceInformationProfile.ModelUuid, device => device.Model);

internal sealed class SerialFacts() : TextFacts(DeviceInformationProfile.SerialUuid, device => device.Serial);

internal sealed class FirmwareFacts() : TextFacts(DeviceInformationProfile.FirmwareUuid, device => device.Firmware);

internal sealed class HardwareFacts() : TextFacts(DeviceInformationProfile.HardwareUuid, device => device.Hardware);

internal sealed class SoftwareFacts() : TextFacts(DeviceInformationProfile.SoftwareUuid, device => device.Software);

internal sealed class ManufacturerFacts() : TextFacts(DeviceInformationProfile.ManufacturerUuid, device => device.Manufacturer);
