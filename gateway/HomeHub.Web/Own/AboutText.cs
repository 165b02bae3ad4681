using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Web.Consent;
using HomeHub.Web.Readings;
using HomeHub.Web.Setup;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Own;

/// <summary>What an entry of the audit log is about, in the reader's language.</summary>
internal static class AboutText
{
    /// <summary>The words; an entry of an older program as it stands in the log.</summary>
    public static string Of(string? about, Language language) => AuditAbout.Read(about) is { } details
        ? string.Join(", ", details.Select(one => language.Text("about", one.Detail, ("value", ValueOf(one.Detail, one.Value, language)))))
        : about ?? "";

    private static string ValueOf(AuditDetail detail, string value, Language language) => detail switch
    {
        AuditDetail.Kind when DataKindNames.TryParse(value, out DataKinds kind) => language.Text("kind", kind),
        AuditDetail.Recipient => RecipientName.Of(new Recipient(value), language),
        AuditDetail.Language => Languages.Find(value)?.Name ?? value,
        AuditDetail.Format when value == "summary" => language.Text("own-data.summary"),
        AuditDetail.Reason when value == Core.Setup.TestReadings.Reason => language.Text("wrong-undecided"),
        AuditDetail.Reason => Enum.GetValues<WrongReason>().Where(reason => ReadingsPages.CodeOf(reason) == value).Select(reason => language.Text("wrong", reason)).FirstOrDefault(value),
        AuditDetail.Step => SetupProgress.Steps.Where(step => SetupPages.SlugOf(step) == value).Select(step => language.Text("setup-step", step)).FirstOrDefault(value),
        _ => value,
    };
}
