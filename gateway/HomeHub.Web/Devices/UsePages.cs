using System.Globalization;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Setup;
using HomeHub.Profiles.UserData;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Look;
using HomeHub.Web.People;
using HomeHub.Web.Setup;
using Microsoft.AspNetCore.Http;
using SetupProgress = HomeHub.Web.Setup.SetupProgress;

namespace HomeHub.Web.Devices;

/// <summary>Whose a device is: one person's, or in its user slots several people's; filled in, shown back, then done.</summary>
internal static class UsePages
{
    public const string People = "/people", PersonField = "person", NewField = "new", SlotField = "slot", CodeField = "code", SinceField = "since";

    public static PageEndpoint[] Endpoints { get; } =
    [
        PageEndpoint.Get(DevicePath.OneRoute + People, Access.Nurse, page => DevicePages.WithAsync(page, sight => ShowAsync(page, sight, null, null, false))),
        PageEndpoint.Post(DevicePath.OneRoute + People, Access.Nurse, page => DevicePages.WithAsync(page, sight => SaveAsync(page, sight))),
    ];

    /// <summary>What stands for a person in the form.</summary>
    public static string ValueOf(HouseholdPerson person) => person.Number.ToString(CultureInfo.InvariantCulture);

    private static Task ShowAsync(PageContext page, DeviceSight sight, UseWish? wish, SetupProblem? problem, bool isAsked) => page.ShowAsync<UsePage>(
        wish is null or { IsAllRight: true } && problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
        (nameof(UsePage.Sight), sight),
        (nameof(UsePage.Wish), wish),
        (nameof(UsePage.Problem), problem),
        (nameof(UsePage.IsAsked), isAsked));

    private static async Task SaveAsync(PageContext page, DeviceSight sight)
    {
        UseWish wish = Read(page, sight);
        if (!wish.IsAllRight)
        {
            await ShowAsync(page, sight, wish, null, false).ConfigureAwait(false);
            return;
        }

        SetupProblem? problem = wish.Slot is null && sight.Device.Slots.Count > 0 ? SetupProblem.UserNotNamed
            : wish.Since is not null && DevicePeople.HadAnother(sight.Device, wish.Slot, wish.Patient!) ? SetupProblem.WasSomebodyElses
            : null;
        if (problem is null && page.Field(Confirm.ConfirmedField) != Confirm.Confirmed)
        {
            await ShowAsync(page, sight, wish, null, true).ConfigureAwait(false);
            return;
        }

        problem ??= await page.Parts.DeviceDesk.AssignAsync(
            sight.Device.Address, wish.Slot, wish.Patient!, wish.Since, wish.Code, page.Who, page.Cancellation).ConfigureAwait(false);
        if (problem is not null)
        {
            await ShowAsync(page, sight, wish, problem, false).ConfigureAwait(false);
            return;
        }

        await AddPersonAsync(page, sight, wish.Patient!).ConfigureAwait(false);
        WaitingReadings waiting = await WaitingReading.ReadAsync(page, sight.Device).ConfigureAwait(false);
        string next = waiting.Newest.Count > 0 ? DecidePages.Readings : $"?{PeoplePages.Done}={PeoplePages.Saved}";
        await page.GoToAsync(DevicePath.Of(sight.Device.Address) + next).ConfigureAwait(false);
    }

    /// <summary>Somebody new comes to the household with the device: not before that is confirmed and done, and then whether the browser waits for it or not.</summary>
    private static async Task AddPersonAsync(PageContext page, DeviceSight sight, PatientReference patient)
    {
        if (sight.People.All(known => known.Patient != patient))
        {
            await page.Household.AddPeopleAsync([patient], CancellationToken.None).ConfigureAwait(false);
            await SetupProgress.NoteAsync(page, AuditActs.PersonAdded, patient, null, CancellationToken.None).ConfigureAwait(false);
        }
    }

    private static UseWish Read(PageContext page, DeviceSight sight)
    {
        string slotText = page.Field(SlotField).Trim(), codeText = page.Field(CodeField).Trim(), sinceText = page.Field(SinceField).Trim();
        string newText = page.Field(NewField).Trim();
        PatientReference? patient = newText.Length > 0
            ? PersonId.Read(newText, out PatientReference? typed) is null && !typed!.IsNobody ? typed : null
            : sight.People.FirstOrDefault(known => ValueOf(known) == page.Field(PersonField))?.Patient;
        byte? slot = byte.TryParse(slotText, NumberStyles.None, CultureInfo.InvariantCulture, out byte number) && number <= UserSlot.MaxUserIndex ? number : null;
        ushort? code = ushort.TryParse(codeText, NumberStyles.None, CultureInfo.InvariantCulture, out ushort digits) && digits <= UserControlPoint.MaxConsentCode ? digits : null;
        DateTimeOffset? since = ReadDate(page, sinceText);
        return new UseWish(patient, slot, code, since)
        {
            Typed = (newText, slotText, codeText, sinceText),
            IsRight = (
                patient is not null,
                slotText.Length == 0 || slot is not null,
                codeText.Length == 0 || (code is not null && slot is not null),
                sinceText.Length == 0 || since is not null),
        };
    }

    /// <summary>The beginning of a day at home that has begun; null where it is none.</summary>
    private static DateTimeOffset? ReadDate(PageContext page, string text) => page.ReadDay(text) is { } begins && begins <= page.Now ? begins.ToUniversalTime() : null;
}
