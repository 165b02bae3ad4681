using HomeHub.Core.Moving;
using HomeHub.Core.Setup;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Endpoints;

/// <summary>Who did something, as it was recorded (<see cref="PageContext.Who"/>), in the reader's language. What was typed behind it stays as it is.</summary>
internal static class WhoText
{
    private const string PersonStart = "person ", PagesEnd = ", at the pages";

    /// <summary>The words.</summary>
    public static string Of(string who, Language language)
    {
        int typed = who.IndexOf(';', StringComparison.Ordinal);
        string role = typed < 0 ? who : who[..typed], rest = typed < 0 ? "" : who[typed..];
        return role == PageContext.NurseWho ? language.Text("who.nurse") + rest
            : who == TestReadings.HubWho ? language.Text("who.hub")
            : who == MovedHub.InterruptedWho ? language.Text("who.hub-interrupted")
            : role.StartsWith(PersonStart, StringComparison.Ordinal) && role.EndsWith(PagesEnd, StringComparison.Ordinal) ? language.Text("who.person") + rest
            : who;
    }
}
