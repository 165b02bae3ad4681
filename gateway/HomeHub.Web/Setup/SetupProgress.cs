using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Web.Endpoints;

namespace HomeHub.Web.Setup;

/// <summary>How far the installation has come: what was said to be done, and what shows by itself. Kept by the household, so that any phone goes on with it.</summary>
/// <param name="Marks">When each step was done, and by whom; null: nobody has said that it was.</param>
/// <param name="Done">The steps that need nothing more.</param>
public sealed record SetupProgress(IReadOnlyDictionary<SetupStep, SetupMark?> Marks, IReadOnlySet<SetupStep> Done)
{
    /// <summary>All steps, in order.</summary>
    public static IReadOnlyList<SetupStep> Steps { get; } = Enum.GetValues<SetupStep>();

    /// <summary>The first step that is open; null when all is done.</summary>
    public SetupStep? FirstOpen => Steps.Where(step => !Done.Contains(step)).Select(step => (SetupStep?)step).FirstOrDefault();

    /// <summary>The steps before the summary that are open.</summary>
    public IReadOnlyList<SetupStep> OpenBeforeSummary => [.. Steps.Where(step => step != SetupStep.Summary && !Done.Contains(step))];

    /// <summary>Whether the nurse has said at the end that all is set up; what comes open later is told by the status page and its own pages.</summary>
    public static async Task<bool> IsFinishedAsync(IHousehold household, CancellationToken cancellation) =>
        SetupMark.Read(await household.GetSettingAsync(SetupMark.KeyOf(SetupStep.Summary), cancellation).ConfigureAwait(false)) is not null;

    /// <summary>How far it is now.</summary>
    public static async Task<SetupProgress> ReadAsync(PageContext page)
    {
        var marks = new Dictionary<SetupStep, SetupMark?>();
        foreach (SetupStep step in Steps)
        {
            marks[step] = SetupMark.Read(await page.Household.GetSettingAsync(SetupMark.KeyOf(step), page.Cancellation).ConfigureAwait(false));
        }

        IReadOnlyList<HouseholdPerson> people = await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
        IReadOnlyList<RegisteredDevice> devices = await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false);
        IReadOnlySet<PatientReference> decided = page.Parts.Consents.State.People;
        return new SetupProgress(marks, Steps.Where(IsDone).ToHashSet());

        bool IsDone(SetupStep step) => step switch
        {
            SetupStep.Place => marks[step] is not null && page.Parts.Zone.IsKnown,
            SetupStep.People => marks[step] is not null && people.Count > 0,
            SetupStep.Devices => marks[step] is not null || devices.Count > 0,
            SetupStep.Consent => people.Count > 0 && people.All(person => decided.Contains(person.Patient)),
            _ => marks[step] is not null,
        };
    }

    /// <summary>Notes that a step is done.</summary>
    public static async Task MarkAsync(PageContext page, SetupStep step)
    {
        var mark = new SetupMark(page.Parts.Clock.IsTimeKnown ? page.Now : null, page.Who);
        await page.Household.SetSettingAsync(SetupMark.KeyOf(step), mark.Write(), page.Cancellation).ConfigureAwait(false);
        await NoteAsync(page, AuditActs.SetupStepDone, null, AuditAbout.Of((AuditDetail.Step, SetupPages.SlugOf(step)))).ConfigureAwait(false);
    }

    /// <summary>Leaves word in the audit log of what the nurse did.</summary>
    public static Task NoteAsync(PageContext page, string act, PatientReference? patient, string? about) => NoteAsync(page, act, patient, about, page.Cancellation);

    /// <summary>As <see cref="NoteAsync(PageContext, string, PatientReference?, string?)"/>, for what is done whether the browser waits for it or not.</summary>
    public static async Task NoteAsync(PageContext page, string act, PatientReference? patient, string? about, CancellationToken cancellation) =>
        await page.Parts.Audit.AddAsync(new AuditNote(page.Parts.Time.GetLocalNow(), act, page.Who, patient, about), cancellation).ConfigureAwait(false);
}
