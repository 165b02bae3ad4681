using HomeHub.Web.Texts;
using Microsoft.AspNetCore.Components;

namespace HomeHub.Web.Endpoints;

/// <summary>Base of every component: knows what it is rendered for, and speaks the reader's language.</summary>
public abstract class PageComponent : ComponentBase
{
    /// <summary>What the page is rendered for.</summary>
    [CascadingParameter]
    public PageContext Page { get; set; } = null!;

    /// <summary>The reader's language.</summary>
    protected Language Language => Page.Language;

    /// <summary>A text of the reader's language (<see cref="Texts.Language.Text"/>).</summary>
    protected string Text(string key, params (string Name, object Value)[] values) => Page.Language.Text(key, values);
}
