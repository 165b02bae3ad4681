using System.Globalization;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.DeviceInformationService;

/// <summary>PnP ID (0x2A50; Device Information Service 1.1, 3.9).</summary>
/// <param name="VendorIdSource">Who gave the vendor its id: 1 = Bluetooth SIG, 2 = USB Implementer's Forum, others reserved.</param>
/// <param name="VendorId">Vendor.</param>
/// <param name="ProductId">Product, numbered by the vendor.</param>
/// <param name="ProductVersion">Version, BCD 0xJJMN by convention.</param>
public readonly record struct PnpId(byte VendorIdSource, ushort VendorId, ushort ProductId, ushort ProductVersion)
{
    private const byte UsbForum = 2;

    /// <summary><c>1234:56AB</c> when the vendor's id is one of USB, else null.</summary>
    public string? UsbId => VendorIdSource == UsbForum
        ? string.Create(CultureInfo.InvariantCulture, $"{VendorId:X4}:{ProductId:X4}")
        : null;

    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out PnpId id, out DecodeError error)
    {
        var reader = new WireReader(octets);
        id = new PnpId(
            VendorIdSource: reader.UInt8("Vendor ID Source"),
            VendorId: reader.UInt16("Vendor ID"),
            ProductId: reader.UInt16("Product ID"),
            ProductVersion: reader.UInt16("Product Version"));
        bool understood = reader.End();
        error = understood ? default : reader.Error(DeviceInformationProfile.PnpIdUuid);
        return understood;
    }
}
