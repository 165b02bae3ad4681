using HomeHub.Core.Identity;
using HomeHub.Web.Tls;
using QRCoder;

namespace HomeHub.Web.Label;

/// <summary>What stands on the label that is stuck to the hub.</summary>
/// <param name="Address">Address of the pages: <c>https://homehub-1a2b.local:8443/</c>.</param>
/// <param name="Fingerprint">SHA-256 of the pages' public key, 32 octets.</param>
/// <param name="ClaimCode">The code that makes the hub a nurse's; null when it was used.</param>
public sealed record HubLabel(Uri Address, IReadOnlyList<byte> Fingerprint, string? ClaimCode)
{
    private const int FingerprintGroup = 4, ModulePixels = 12;

    /// <summary>Address of a hub's pages on the home network.</summary>
    public static Uri AddressOf(HubIdentity hub, int port) => new UriBuilder(Uri.UriSchemeHttps, HubName.LocalOf(hub), port).Uri;

    /// <summary>What the square code says: the address, and after <c>#</c>, which no browser sends on, the fingerprint in base64url.</summary>
    public string CodeText => $"{Address.AbsoluteUri}#sha256={System.Buffers.Text.Base64Url.EncodeToString([.. Fingerprint])}";

    /// <summary>The fingerprint to compare by eye: hex digits in groups of four.</summary>
    public string FingerprintText => string.Join(' ', Convert.ToHexString([.. Fingerprint]).Chunk(FingerprintGroup).Select(group => new string(group)));

    /// <summary>The square code alone, as PNG.</summary>
    public byte[] ToPng()
    {
        using QRCodeData code = CreateCode();
        using var png = new PngByteQRCode(code);
        return png.GetGraphic(ModulePixels);
    }

    /// <summary>The label as a PDF page of A6 (105 by 148 mm).</summary>
    public byte[] ToPdf()
    {
        using QRCodeData code = CreateCode();
        const double size = 190, left = (LabelPdf.Width - size) / 2, bottom = 190;
        var page = new LabelPdf();
        page.Text(24, LabelPdf.Height - 34, 20, isBold: true, "HomeHub");
        page.Squares(code.ModuleMatrix, left, bottom, size);
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
        return page.ToBytes();
    }

    private QRCodeData CreateCode() => QRCodeGenerator.GenerateQrCode(CodeText, QRCodeGenerator.ECCLevel.M);
}
