using HomeHub.Core.Buffering;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Consent;

/// <summary>How a recipient is called on pages: those that most sites have in the reader's language, others as the site named them.</summary>
public static class RecipientName
{
    /// <summary>The name.</summary>
    public static string Of(Recipient recipient, Language language)
    {
        ArgumentNullException.ThrowIfNull(recipient);
        ArgumentNullException.ThrowIfNull(language);
        return recipient.Slug switch
        {
            "care-team" => language.Text("recipient.care-team"),
            "social-care" => language.Text("recipient.social-care"),
            "family" => language.Text("recipient.family"),
            "research" => language.Text("recipient.research"),
            _ => recipient.Slug,
        };
    }
}
