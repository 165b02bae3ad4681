using HomeHub.Web.Moving;
using HomeHub.Web.SignIn;
using Microsoft.AspNetCore.Antiforgery;

namespace HomeHub.Web.Endpoints;

/// <summary>What the pages share beside the ports.</summary>
/// <param name="Desk">Checks PINs.</param>
/// <param name="Browsers">Knows browsers in which an account was signed in.</param>
/// <param name="Antiforgery">Form tokens.</param>
/// <param name="Renderer">Components to HTML.</param>
/// <param name="Stopping">Cancelled when the hub ends, so that live parts end first.</param>
internal sealed record PageServices(SignInDesk Desk, KnownBrowser Browsers, IAntiforgery Antiforgery, PageRenderer Renderer, CancellationToken Stopping)
{
    /// <summary>Who has shown the codes by which a history is taken in.</summary>
    public required TakeInTicket TakeIn { get; init; }

    /// <summary>SHA-256 of the pages' public key, 32 octets.</summary>
    public required IReadOnlyList<byte> Fingerprint { get; init; }
}
