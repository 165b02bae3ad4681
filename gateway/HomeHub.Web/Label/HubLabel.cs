using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Web.Texts;
using HomeHub.Web.Tls;
using QRCoder;

namespace HomeHub.Web.Label;

/// <summary>What stands on the label that is stuck to the hub.</summary>
/// <param name="Address">Address of the pages: <c>https://homehub-1a2b.local:8443/</c>.</param>
/// <param name="Fingerprint">SHA-256 of the pages' public key, 32 octets.</param>
/// <param name="ClaimCode">The code that makes the hub a nurse's; null when it was used.</param>
/// <param name="Own">The network that the hub opens at the first visit; null where it can open none.</param>
/// <param name="Board">Language in which the second page says what light and button mean; null for a box without.</param>
public sealed record HubLabel(Uri Address, IReadOnlyList<byte> Fingerprint, string? ClaimCode, OwnNetwork? Own = null, Language? Board = null)
{
    private const int FingerprintGroup = 4, ModulePixels = 12;

    /// <summary>Address of a hub's pages on the home network.</summary>
    public static Uri AddressOf(HubIdentity hub, int port) => new UriBuilder(Uri.UriSchemeHttps, HubName.LocalOf(hub), port).Uri;

    /// <summary>What the square code says: the address, and after <c>#</c>, which no browser sends on, the fingerprint in base64url.</summary>
    public string CodeText => $"{Address.AbsoluteUri}#sha256={System.Buffers.Text.Base64Url.EncodeToString([.. Fingerprint])}";

    /// <summary>What the square code of the hub's own network says, as phones read it (Wi-Fi Alliance, WPA3 specification, 7.1): name and key. Null where there is none.</summary>
    public string? WifiCodeText => Own is { } own ? $"WIFI:T:WPA;S:{Escape(own.Name)};P:{Escape(own.Key)};;" : null;

    /// <summary>Address of the pages in the hub's own network.</summary>
    public Uri OwnAddress => new UriBuilder(Address) { Host = OwnNetwork.Address.ToString() }.Uri;

    /// <summary>The fingerprint to compare by eye: hex digits in groups of four.</summary>
    public string FingerprintText => string.Join(' ', Convert.ToHexString([.. Fingerprint]).Chunk(FingerprintGroup).Select(group => new string(group)));

    /// <summary>The square code of the pages alone, as PNG.</summary>
    public byte[] ToPng() => ToPng(CodeText);

    /// <summary>The square code of the hub's own network alone, as PNG; null where there is none.</summary>
    public byte[]? ToWifiPng() => WifiCodeText is { } text ? ToPng(text) : null;

    /// <summary>The label as a PDF page of A6 (105 by 148 mm), and for a box with light or button a second one.</summary>
    public byte[] ToPdf()
    {
        var page = new LabelPdf();
        page.Text(24, LabelPdf.Height - 34, 20, isBold: true, "HomeHub");
        if (Own is { } own)
        {
            const double size = 116, left = 24, right = LabelPdf.Width - 24 - size, bottom = 240;
            page.Text(left, bottom + size + 8, 9, isBold: true, "1. The hub's own network");
            Draw(page, WifiCodeText!, left, bottom, size);
            page.Text(right, bottom + size + 8, 9, isBold: true, "2. The pages");
            Draw(page, CodeText, right, bottom, size);
            page.Text(24, 222, 9, isBold: false, "Without another network: join the hub's own, then open");
            page.Text(24, 210, 9, isBold: false, OwnAddress.AbsoluteUri.TrimEnd('/'));
            page.Text(24, 190, 9, isBold: false, "Name and key of the hub's own network");
            page.Text(24, 176, 12, isBold: true, $"{own.Name}   {own.Key}");
        }
        else
        {
            const double size = 190;
            Draw(page, CodeText, (LabelPdf.Width - size) / 2, 190, size);
        }

        page.Text(24, 160, 9, isBold: false, "Address");
        page.Text(24, 146, 12, isBold: true, Address.AbsoluteUri.TrimEnd('/'));
        page.Text(24, 122, 9, isBold: false, "Code for the nurse, for the first time only");
        page.Text(24, 104, 18, isBold: true, ClaimCode ?? "used");
        page.Text(24, 78, 8, isBold: false, "Fingerprint of the key (SHA-256)");
        string fingerprint = FingerprintText;
        int half = (fingerprint.Length / 2) + 1;
        page.Text(24, 66, 7.5, isBold: false, fingerprint[..half].Trim());
        page.Text(24, 56, 7.5, isBold: false, fingerprint[half..].Trim());
        page.Text(24, 30, 8, isBold: false, "This hub raises no alarm. In an emergency call for help.");
        if (Board is { } language)
        {
            page.NextPage();
            BoardLabel.Draw(page, language);
        }

        return page.ToBytes();
    }

    private static QRCodeData CreateCode(string text) => QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);

    private static byte[] ToPng(string text)
    {
        using QRCodeData code = CreateCode(text);
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(ModulePixels);
    }

    private static void Draw(LabelPdf page, string text, double left, double bottom, double size)
    {
        using QRCodeData code = CreateCode(text);
        page.Squares(code.ModuleMatrix, left, bottom, size);
    }

    /// <summary>Signs that mean something to whoever reads the code are written with a backslash.</summary>
    private static string Escape(string text) => string.Concat(text.Select(letter => letter is '\\' or ';' or ',' or ':' or '"' ? $"\\{letter}" : letter.ToString()));
}
