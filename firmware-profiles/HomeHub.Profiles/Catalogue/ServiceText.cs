using System.Globalization;

namespace HomeHub.Profiles.Catalogue;

/// <summary>UUIDs of services as text: four upper-case hex digits where the Bluetooth SIG assigned it, else 128 bits with dashes, lower case.</summary>
public static class ServiceText
{
    /// <summary>Characters of a UUID that a vendor made.</summary>
    public const int VendorLength = 36;

    /// <summary>True when <paramref name="text"/> has the form.</summary>
    public static bool IsValid(string text) => text.Length == VendorLength
        ? Guid.TryParseExact(text, "D", out _) && text.All(digit => !char.IsAsciiLetterUpper(digit))
        : text.Length == 4 && text.All(char.IsAsciiHexDigitUpper);

    /// <summary>True for a UUID that a vendor made.</summary>
    public static bool IsVendors(string text) => text.Length == VendorLength;

    /// <summary>True for a service, the SIG's or a vendor's, whose measurements are decoded here.</summary>
    public static bool IsDecoded(string text) =>
        BluetoothUuid.TryParse(text, out BluetoothUuid service) && ProfileRegistry.FindProfile(service)?.Specialization is not null;

    /// <summary>True for the SIG's service of a profile that measures something.</summary>
    public static bool IsHealthService(string text) =>
        text.Length == 4 && ushort.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort service)
        && ProfileRegistry.FindProfile(service)?.Specialization is not null;
}
