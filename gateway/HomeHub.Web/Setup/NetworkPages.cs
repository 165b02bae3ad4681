using HomeHub.Core.Audit;
using HomeHub.Core.Network;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Setup;

/// <summary>By what the hub is in the home network, under which name it is found there, joining a wireless network, and the hub's own.</summary>
internal static class NetworkPages
{
    public const string IdField = "network", PassphraseField = "passphrase", JoinPath = Root + "/join", JoiningPath = Root + "/joining", ListenPath = Root + "/listen", LivePath = Root + "/live";

    public const string OpenPath = Root + "/own/open", ClosePath = Root + "/own/close";

    private const string Root = SetupPages.Path + "/network";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(Root, Access.Nurse, page => ShowAsync(page)),
        PageEndpoint.Get(LivePath, Access.Nurse, page => LiveStream.RunAsync(page, () => page.RenderAsync<NetworkPart>(
            (nameof(NetworkPart.Links), page.Parts.Connection.Read().Links), (nameof(NetworkPart.HomeName), page.Parts.HomeName()), (nameof(NetworkPart.Own), page.Parts.OwnNetwork?.State)))),
        PageEndpoint.Post(ListenPath, Access.Nurse, async page =>
        {
            if (page.Parts.OwnNetwork is { State.IsOpen: true } own)
            {
                own.Listen();
            }

            await (page.Parts.Wifi?.ListenAsync(page.Cancellation) ?? Task.CompletedTask).ConfigureAwait(false);
            await page.GoToAsync(Root).ConfigureAwait(false);
        }),
        PageEndpoint.Post(JoinPath, Access.Nurse, JoinAsync),
        PageEndpoint.Get(JoiningPath, Access.Nurse, ShowJoiningAsync),
        PageEndpoint.Post(OpenPath, Access.Nurse, page => ChangeAsync(page, own => own.Ask())),
        PageEndpoint.Post(ClosePath, Access.Nurse, page => ChangeAsync(page, own => own.EndAsking())),
    ];

    private static async Task ShowAsync(PageContext page, string? chosen = null, WifiJoin? outcome = null, int status = StatusCodes.Status200OK)
    {
        WifiState wifi = page.Parts.Wifi is { } radio ? await radio.ReadAsync(page.Cancellation).ConfigureAwait(false) : WifiState.Without(WifiCondition.NoService);
        OwnNetworkState? own = page.Parts.OwnNetwork?.State;

        // Whoever comes back to the hub's own network was cut off when the hub tried to leave it.
        WifiAttempt? tried = own is { IsOpen: true, Last: { Outcome: not WifiJoin.Joined } last } ? last : null;
        await page.ShowAsync<NetworkPage>(
            status,
            (nameof(NetworkPage.Links), page.Parts.Connection.Read().Links),
            (nameof(NetworkPage.HomeName), page.Parts.HomeName()),
            (nameof(NetworkPage.Wifi), wifi),
            (nameof(NetworkPage.Own), own),
            (nameof(NetworkPage.Chosen), chosen ?? tried?.Id),
            (nameof(NetworkPage.Outcome), outcome ?? tried?.Outcome)).ConfigureAwait(false);
    }

    private static async Task ChangeAsync(PageContext page, Action<OwnNetworkKeeper> change)
    {
        if (page.Parts.OwnNetwork is { } own)
        {
            change(own);
        }

        await page.GoToAsync(Root).ConfigureAwait(false);
    }

    /// <summary>Goes on when the browser has gone: it may have been in the network that the hub leaves. What was typed is handed on and shown nowhere again.</summary>
    private static async Task JoinAsync(PageContext page)
    {
        string id = page.Field(IdField);
        string? passphrase = page.Field(PassphraseField) is { Length: > 0 } typed ? typed : null;
        if (page.Parts.Wifi is not { } wifi)
        {
            await ShowAsync(page, null, WifiJoin.NotReady, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        WifiNetwork? network = (await wifi.ReadAsync(page.Services.Stopping).ConfigureAwait(false)).Networks.FirstOrDefault(one => one.Id == id);
        if (page.Parts.OwnNetwork is { State.IsOpen: true } leaving)
        {
            if (network is { Security: WifiSecurity.Passphrase } && (passphrase is null || !WifiPassphrase.IsPossible(passphrase)))
            {
                await ShowAsync(page, id, WifiJoin.PassphraseForm, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
                return;
            }

            leaving.JoinLater(id, passphrase, cancellation => NoteAsync(page, network, cancellation));
            await page.GoToAsync(JoiningPath).ConfigureAwait(false);
            return;
        }

        WifiJoin outcome = await (page.Parts.OwnNetwork?.JoinAsync(id, passphrase, page.Services.Stopping) ?? wifi.JoinAsync(id, passphrase, page.Services.Stopping)).ConfigureAwait(false);
        if (outcome != WifiJoin.Joined)
        {
            await ShowAsync(page, id, outcome, StatusCodes.Status422UnprocessableEntity).ConfigureAwait(false);
            return;
        }

        await NoteAsync(page, network, page.Services.Stopping).ConfigureAwait(false);
        await page.GoToAsync($"{Root}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    private static Task NoteAsync(PageContext page, WifiNetwork? network, CancellationToken cancellation) =>
        SetupProgress.NoteAsync(page, AuditActs.NetworkJoined, null, AuditAbout.Of((AuditDetail.Network, string.IsNullOrWhiteSpace(network?.Name) ? null : network.Name)), cancellation);

    /// <summary>What to do with the phone while the hub changes networks; once that has ended, what came of it.</summary>
    private static async Task ShowJoiningAsync(PageContext page)
    {
        if (page.Parts is not { OwnNetwork.State: { Joining: { } id } own, Wifi: { } wifi })
        {
            await page.GoToAsync(Root).ConfigureAwait(false);
            return;
        }

        WifiState around = await wifi.ReadAsync(page.Cancellation).ConfigureAwait(false);
        await page.ShowAsync<JoiningPage>(parameters:
        [
            (nameof(JoiningPage.Own), own.Name),
            (nameof(JoiningPage.Network), around.Networks.FirstOrDefault(network => network.Id == id)?.Name ?? page.Language.Text("joining.home")),
        ]).ConfigureAwait(false);
    }
}
