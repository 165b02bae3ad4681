using System.Globalization;
using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Naming;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Own;

/// <summary>How a person's values went over the last days.</summary>
internal static class TrendPages
{
    public const string DaysValue = "days", SignValue = "sign";

    private const string Ending = "/trends";

    /// <summary>Readings of one characteristic that are looked at: a week of a stream in steps of a quarter of an hour, 90 days in steps of three hours.</summary>
    private const int MaxEach = 720;

    public static PageEndpoint[] Endpoints { get; } = [PageEndpoint.Get(PeoplePages.OnePath + Ending, Access.Person, ShowAsync)];

    /// <summary>Path of a person's trends.</summary>
    public static string PathOf(int person) => PeoplePages.PathOf(person) + Ending;

    /// <summary>Path of one trend.</summary>
    public static string PathOf(int person, VitalSign sign, int days) =>
        $"{PathOf(person)}?{SignValue}={NameOf(sign)}&{DaysValue}={days.ToString(CultureInfo.InvariantCulture)}";

    private static string NameOf(VitalSign sign) => KebabName.Of(sign);

    private static async Task ShowAsync(PageContext page)
    {
        if (await page.Household.FindPersonAsync(page.PersonNumber, page.Cancellation).ConfigureAwait(false) is not { } person)
        {
            await page.FailAsync(StatusCodes.Status404NotFound).ConfigureAwait(false);
            return;
        }

        // What is no length or no sign was not written by a link of ours: shown as if nothing had been said.
        int days = Array.Find(TrendView.Lengths, length => page.Http.Request.Query[DaysValue] == length.ToString(CultureInfo.InvariantCulture)) is > 0 and var asked ? asked : TrendView.Lengths[0];
        VitalSign? sign = Enum.GetValues<VitalSign>().Where(one => page.Http.Request.Query[SignValue] == NameOf(one)).Select(one => (VitalSign?)one).FirstOrDefault();
        DateTimeOffset until = page.Now;
        var length = TimeSpan.FromDays(Math.Max(days, UsualRange.Memory.TotalDays));
        HistoryExcerpt excerpt = await page.Parts.Buffer.ReadSpanAsync(new HistorySpan(person.Patient, until - length, until, MaxEach), page.Cancellation).ConfigureAwait(false);
        ShownUnits units = await TodayPages.UnitsAsync(page, person.Number).ConfigureAwait(false);
        await page.ShowAsync<TrendsPage>(parameters: (nameof(TrendsPage.View), new TrendView(person, excerpt, page.Parts.Time.LocalTimeZone, units, sign, days, until))).ConfigureAwait(false);
    }
}
