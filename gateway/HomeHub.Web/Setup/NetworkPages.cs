using HomeHub.Core.Audit;
using HomeHub.Core.Network;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>By what the hub is in the home network, under which name it is found there, and joining a wireless network.</summary>
internal static class NetworkPages
{
    public const string IdField = "network", PassphraseField = "passphrase", JoinPath = Root + "/join", ListenPath = Root + "/listen", LivePath = Root + "/live";

    private const string Root = SetupPages.Path + "/network";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Root, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Get(LivePath, Access.Nurse, page => LiveStream.RunAsync(page, () => page.RenderAsync<NetworkPart>(
            (nameof(NetworkPart.Links), page.Parts.Connection.Read().Links), (nameof(NetworkPart.HomeName), page.Parts.HomeName())))),
        PageEndpoint.Post(ListenPath, Access.Nurse, async page =>
        {
            await (page.Parts.Wifi?.ListenAsync(page.Cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
            await page.GoToAsync(Root).ConfigureAwait(false);
        }),
        PageEndpoint.Post(JoinPath, Access.Nurse, JoinAsync),
    ];

    private static async Task ShowAsync(PageContext page, string? chosen = null, WifiJoin? outcome = null, int status = StatusCodes.Status200OK) => await page.ShowAsync<NetworkPage>(
        status,
        (nameof(NetworkPage.Links), page.Parts.Connection.Read().Links),
        (nameof(NetworkPage.HomeName), page.Parts.HomeName()),
        (nameof(NetworkPage.Wifi), page.Parts.Wifi is { } wifi ? await wifi.ReadAsync(page.Cancellation).ConfigureAwait(false) : WifiState.Without(WifiCondition.NoService)),
        (nameof(NetworkPage.Chosen), chosen),
        (nameof(NetworkPage.Outcome), outcome)).ConfigureAwait(false);

    /// <summary>Goes on when the browser has gone: it may have been in the network that the hub leaves. What was typed is handed on and shown nowhere again.</summary>
    private static async Task JoinAsync(PageContext page)
    {
        string id = page.Field(IdField), passphrase = page.Field(PassphraseField);
        if (page.Parts.Wifi is not { } wifi)
        {
            await ShowAsync(page, null, WifiJoin.NotReady, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        WifiJoin outcome = await wifi.JoinAsync(id, passphrase.Length == 0 ? null : passphrase, page.Services.Stopping).ConfigureAwait(false);
        if (outcome != WifiJoin.Joined)
        {
            await ShowAsync(page, id, outcome, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        WifiState now = await wifi.ReadAsync(page.Services.Stopping).ConfigureAwait(false);
        string? name = now.Networks.FirstOrDefault(network => network.Id == id)?.Name;
        await SetupProgress.NoteAsync(page, AuditActs.NetworkJoined, null, string.IsNullOrWhiteSpace(name) ? null : name, page.Services.Stopping).ConfigureAwait(false);
        await page.GoToAsync($"{Root}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }
}
