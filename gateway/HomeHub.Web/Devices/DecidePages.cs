using System.Globalization;
using HomeHub.Core.Acts;
using HomeHub.Core.Household;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.People;

namespace HomeHub.Web.Devices;

/// <summary>What the readings of a device are that are nobody's: a test, which is thrown away, or somebody's. Chosen, shown back, then done.</summary>
internal static class DecidePages
{
    public const string Readings = "/readings", Later = "", Discard = "test";

    /// <summary>Why a test reading is discarded, as the acts and the audit log say it.</summary>
    private const string TestReason = "test";

    private const string FieldPrefix = "reading-";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.OneRoute + Readings, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowAsync(page, sight, []))),
        PageEndpoint.Post(DevicePath.OneRoute + Readings, Access.Nurse, page => DevicePages.WithAsync(page, sight => ChooseAsync(page, sight))),
    ];

    /// <summary>Name of the field for a reading.</summary>
    public static string FieldOf(WaitingReading reading) => FieldPrefix + reading.Id.ToString(CultureInfo.InvariantCulture);

    /// <summary>What stands for a person in such a field.</summary>
    public static string ValueOf(HouseholdPerson person) => person.Number.ToString(CultureInfo.InvariantCulture);

    private static async Task ShowAsync(PageContext page, DeviceSight sight, IReadOnlyList<ReadingChoice> choices)
    {
        WaitingReadings waiting = await WaitingReading.ReadAsync(page, sight.Device).ConfigureAwait(false);
        await page.ShowAsync<DecidePage>(
            parameters: [(nameof(DecidePage.Sight), sight), (nameof(DecidePage.Readings), waiting.Newest), (nameof(DecidePage.Choices), choices)]).ConfigureAwait(false);
    }

    private static async Task ChooseAsync(PageContext page, DeviceSight sight)
    {
        WaitingReadings waiting = await WaitingReading.ReadAsync(page, sight.Device).ConfigureAwait(false);
        ReadingChoice[] choices = [.. waiting.Newest.Select(reading => Read(page, sight, reading)).OfType<ReadingChoice>()];
        if (choices.Length > 0 && page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await ShowAsync(page, sight, choices).ConfigureAwait(false);
            return;
        }

        // Decided meanwhile from another phone, a reading stays as it was decided there.
        foreach (ReadingChoice choice in choices)
        {
            await DoAsync(page, choice.Reading.Id, choice.Person).ConfigureAwait(false);
        }

        // What the device told of itself while it was nobody's is of no use to anybody.
        foreach (long aside in choices.Length > 0 ? waiting.Aside : [])
        {
            await DoAsync(page, aside, null).ConfigureAwait(false);
        }

        await page.GoToAsync($"{DevicePath.Of(sight.Device.Address)}?{PeoplePages.Done}={PeoplePages.Saved}").ConfigureAwait(false);
    }

    private static Task<ActOutcome> DoAsync(PageContext page, long reading, HouseholdPerson? person) => page.Parts.Readings.DoAsync(
        new ReadingAct(
            Guid.NewGuid(), person is null ? ActKind.Discard : ActKind.Assign, reading, page.Now, page.Who, person is null ? TestReason : null, person?.Patient),
        page.Cancellation);

    private static ReadingChoice? Read(PageContext page, DeviceSight sight, WaitingReading reading) => page.Field(FieldOf(reading)) switch
    {
        Discard => new ReadingChoice(reading, null),
        var chosen => sight.People.FirstOrDefault(person => ValueOf(person) == chosen) is { } person ? new ReadingChoice(reading, person) : null,
    };
}
