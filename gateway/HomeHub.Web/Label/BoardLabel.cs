using HomeHub.Web.Texts;

namespace HomeHub.Web.Label;

/// <summary>The label's second page: what light and button say. To be stuck where the person of the house sees it.</summary>
internal static class BoardLabel
{
    private const double Left = 24, Letters = 9, Line = 12, Gap = 5;

    /// <summary>Letters of a line, so that the widest texts stay on the page.</summary>
    private const int LineChars = 54;

    /// <summary>Draws it.</summary>
    public static void Draw(LabelPdf page, Language language)
    {
        page.Text(Left, LabelPdf.Height - 34, 15, isBold: true, language.Text("label.board-title"));
        double y = LabelPdf.Height - 62;
        foreach (string text in (string[])
            [
                language.Text("label.dark"), language.Text("label.breathing"), language.Text("label.solid"), language.Text("label.fast"), language.Text("label.press"), language.Text("label.one-long"),
                language.Text("label.two-short"), language.Text("label.three-short"), language.Text("label.hold-three"), language.Text("label.hold-ten"),
            ])
        {
            foreach (string line in Wrap(text))
            {
                page.Text(Left, y, Letters, isBold: false, line);
                y -= Line;
            }

            y -= Gap;
        }
    }

    private static IEnumerable<string> Wrap(string text)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > LineChars)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        yield return line;
    }
}
