using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;

namespace HomeHub.Web.Endpoints;

/// <summary>Renders components to HTML, once each: nothing stays in memory, no script is needed.</summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    /// <summary>The HTML of a component.</summary>
    /// <param name="component">A component of the pages.</param>
    /// <param name="page">What it is rendered for; each component within gets it.</param>
    /// <param name="parameters">Its parameters.</param>
    public async Task<string> RenderAsync(Type component, PageContext page, IReadOnlyDictionary<string, object?> parameters)
    {
        var renderer = new HtmlRenderer(services, loggers);
        await using (renderer.ConfigureAwait(false))
        {
            return await renderer.Dispatcher.InvokeAsync(async () =>
            {
                var root = ParameterView.FromDictionary(new Dictionary<string, object?>
                {
                    [nameof(PageRoot.Page)] = page,
                    [nameof(PageRoot.Component)] = component,
                    [nameof(PageRoot.Parameters)] = parameters.ToDictionary(entry => entry.Key, entry => entry.Value!),
                });
                return (await renderer.RenderComponentAsync<PageRoot>(root).ConfigureAwait(true)).ToHtmlString();
            }).ConfigureAwait(false);
        }
    }
}
