using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Devices;

/// <summary>How a device stands in the paths of pages: its Bluetooth address, which is no health datum, as 12 hex digits.</summary>
internal static class DevicePath
{
    /// <summary>Paths of the list and of what is near.</summary>
    public const string Root = "/devices", Near = Root + "/near";

    /// <summary>Routes of one device: that is set up, and that is near.</summary>
    public const string OneRoute = Root + "/{device}", NearRoute = Near + "/{device}";

    private const string Value = "device";
    private const int Digits = 12;

    /// <summary>Path of a device that is set up.</summary>
    public static string Of(string address) => $"{Root}/{TextOf(address)}";

    /// <summary>Path of a device that is near.</summary>
    public static string NearOf(string address) => $"{Near}/{TextOf(address)}";

    /// <summary>The address in the path of a request, <c>C0:FF:EE:00:00:01</c>; null: there is none.</summary>
    public static string? Read(PageContext page) => Read(page.Http.Request.RouteValues[Value] as string);

    /// <summary>The address that 12 hex digits stand for; null: they are none.</summary>
    public static string? Read(string? text) => text is { Length: Digits } && text.All(char.IsAsciiHexDigit)
        ? string.Join(':', text.ToUpperInvariant().Chunk(2).Select(octet => new string(octet)))
        : null;

    /// <summary>An address as it stands in a path or a form.</summary>
    public static string TextOf(string address) => address.Replace(":", "", StringComparison.Ordinal);
}
