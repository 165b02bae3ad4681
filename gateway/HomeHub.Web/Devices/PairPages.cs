using System.Globalization;
using HomeHub.Core.Setup;
using HomeHub.Web.Endpoints;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Devices;

/// <summary>Pairing a device that is near. How it stands is the hub's: whoever looks, from whichever phone, sees the same and can go on.</summary>
internal static class PairPages
{
    public const string PasskeyField = "passkey", SameField = "same", LegacyField = "legacy", Yes = "yes";

    public const string Pair = "/pair", Stop = "/stop", Number = "/number";

    private const uint MaxPasskey = 999_999;

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.NearRoute, Access.Nurse, page => WithAsync(page, async address =>
            await page.ShowAsync<PairPage>(parameters: [.. await ReadAsync(page, address).ConfigureAwait(false)]).ConfigureAwait(false))),
        PageEndpoint.Get(DevicePath.NearRoute + "/live", Access.Nurse, page => LiveStream.RunAsync(
            page,
            async () => DevicePath.Read(page) is { } address ? await page.RenderAsync<PairPart>((nameof(PairPart.Address), address), (nameof(PairPart.State), StateOf(page, address))).ConfigureAwait(false) : "",
            LiveStream.QuickInterval)),
        PageEndpoint.Post(DevicePath.NearRoute + Pair, Access.Nurse, page => WithAsync(page, address =>
        {
            page.Parts.Setup?.Start(address, page.Field(LegacyField) == Yes, page.Who);
            return page.GoToAsync(DevicePath.NearOf(address));
        })),
        PageEndpoint.Post(DevicePath.NearRoute + Stop, Access.Nurse, page => WithAsync(page, address =>
        {
            page.Parts.Setup?.GiveUp(address);
            return page.GoToAsync(DevicePath.NearOf(address));
        })),
        PageEndpoint.Get(DevicePath.NearRoute + Number, Access.Nurse, page => WithAsync(page, address => ShowNumberAsync(page, address, false))),
        PageEndpoint.Post(DevicePath.NearRoute + Number, Access.Nurse, page => WithAsync(page, address => AnswerAsync(page, address))),
    ];

    private static async Task WithAsync(PageContext page, Func<string, Task> run)
    {
        if (DevicePath.Read(page) is { } address)
        {
            await run(address).ConfigureAwait(false);
            return;
        }

        await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
    }

    private static SetupState? StateOf(PageContext page, string address) => page.Parts.Setup?.Find(address);

    private static async Task<(string Name, object? Value)[]> ReadAsync(PageContext page, string address)
    {
        DeviceSight? known = await DeviceSight.FindAsync(page, address).ConfigureAwait(false);
        NearbyDevice? near = page.Parts.Nearby?.Look().FirstOrDefault(device => device.Heard.Address == address);
        return
        [
            (nameof(PairPage.Address), address),
            (nameof(PairPage.State), StateOf(page, address)),
            (nameof(PairPage.Known), known),
            (nameof(PairPage.Near), near),
            (nameof(PairPage.HasRadio), page.Parts.Radio is { State.IsReady: true }),
        ];
    }

    private static Task ShowNumberAsync(PageContext page, string address, bool isWrong) => page.ShowAsync<NumberPage>(
        isWrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
        (nameof(NumberPage.Address), address),
        (nameof(NumberPage.State), StateOf(page, address)),
        (nameof(NumberPage.IsWrong), isWrong));

    private static Task AnswerAsync(PageContext page, string address)
    {
        SetupState? state = StateOf(page, address);
        if (state is { Stage: SetupStage.ComparisonAsked })
        {
            page.Parts.Setup!.TellComparison(address, page.Field(SameField) == Yes);
        }
        else if (state is { Stage: SetupStage.PasskeyAsked })
        {
            string typed = string.Concat(page.Field(PasskeyField).Where(letter => letter != ' '));
            if (!uint.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out uint passkey) || passkey > MaxPasskey)
            {
                return ShowNumberAsync(page, address, true);
            }

            page.Parts.Setup!.TellPasskey(address, passkey);
        }

        return page.GoToAsync(DevicePath.NearOf(address));
    }
}
