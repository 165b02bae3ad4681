using Microsoft.Playwright;

namespace HomeHub.Web.Tests.Browser;

/// <summary>Fills a form in and sends it, in whatever language it is, also as no careful reader would.</summary>
internal static class SentForm
{
    /// <summary>Stands for whatever is offered first.</summary>
    public const string First = "*";

    private const string Send = """
        ({ action, fields }) => {
          const form = [...document.forms].find(form => form.getAttribute('action') === action);
          let button;
          for (const { name, value } of fields) {
            const element = [...form.elements].find(e => e.name === name && (!['radio', 'checkbox', 'submit'].includes(e.type) || value === '*' || e.value === value));
            if (element.type === 'submit') {
              button = element;
            } else if (['radio', 'checkbox'].includes(element.type)) {
              element.checked = true;
            } else {
              element.value = value;
            }
          }
          form.noValidate = true;
          window.isSent = true;
          form.requestSubmit(button);
        }
        """;

    /// <summary>What sends the form that goes to a path, with these fields; a button is a field too.</summary>
    public static Func<IPage, Task> To(string action, params (string Name, string Value)[] fields) => page => SendAsync(page, action, fields);

    /// <summary>Sends it, and waits for the page that answers.</summary>
    public static async Task SendAsync(IPage page, string action, params (string Name, string Value)[] fields)
    {
        await page.EvaluateAsync(Send, new { action, fields = fields.Select(field => new { name = field.Name, value = field.Value }).ToArray() });
        await page.WaitForFunctionAsync("() => !window.isSent && document.readyState === 'complete'");
    }
}
