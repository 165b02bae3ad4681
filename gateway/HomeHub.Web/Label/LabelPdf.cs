using System.Collections;
using System.Globalization;
using System.Text;

namespace HomeHub.Web.Label;

/// <summary>
/// Pages of PDF 1.4 (ISO 32000-1): texts in Helvetica, which every reader of PDF has, and squares. Written here, as the label needs no more. Lengths are
/// points (1/72 inch) from the lower left corner.
/// </summary>
internal sealed class LabelPdf
{
    /// <summary>A6, upright.</summary>
    public const double Width = 297.64, Height = 419.53;

    private readonly List<StringBuilder> _pages = [new()];

    private StringBuilder Drawing => _pages[^1];

    /// <summary>What is drawn from now on stands on another page.</summary>
    public void NextPage() => _pages.Add(new StringBuilder());

    /// <summary>Writes a line.</summary>
    /// <param name="x">Left end.</param>
    /// <param name="y">Base line.</param>
    /// <param name="size">Size of the letters.</param>
    /// <param name="isBold">Whether they are bold.</param>
    /// <param name="text">Printable signs of Latin-1, which has all letters of the languages of the pages.</param>
    public void Text(double x, double y, double size, bool isBold, string text)
    {
        if (text.Any(letter => letter is < ' ' or (> '~' and < '\u00A0') or > '\u00FF'))
        {
            throw new ArgumentException("Only printable signs of Latin-1 stand on the label.", nameof(text));
        }

        string escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("(", "\\(", StringComparison.Ordinal).Replace(")", "\\)", StringComparison.Ordinal);
        Drawing.Append(CultureInfo.InvariantCulture, $"BT /{(isBold ? "B" : "R")} {size:0.##} Tf {x:0.##} {y:0.##} Td ({escaped}) Tj ET\n");
    }

    /// <summary>Fills the squares of a square matrix.</summary>
    /// <param name="rows">The rows, the upper one first.</param>
    /// <param name="x">Left end.</param>
    /// <param name="y">Lower end.</param>
    /// <param name="size">Length of a side of the whole.</param>
    public void Squares(IReadOnlyList<BitArray> rows, double x, double y, double size)
    {
        double side = size / rows.Count;
        for (int row = 0; row < rows.Count; row++)
        {
            for (int column = 0; column < rows[row].Count; column++)
            {
                if (rows[row][column])
                {
                    Drawing.Append(CultureInfo.InvariantCulture, $"{x + (column * side):0.###} {y + size - ((row + 1) * side):0.###} {side:0.###} {side:0.###} re\n");
                }
            }
        }

        Drawing.Append("f\n");
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        // Catalogue and list of pages, each page with its contents, and the letters.
        int letters = 3 + (2 * _pages.Count);
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            $"<< /Type /Pages /Kids [{string.Join(' ', _pages.Select((_, page) => string.Create(CultureInfo.InvariantCulture, $"{3 + (2 * page)} 0 R")))}] /Count {_pages.Count.ToString(CultureInfo.InvariantCulture)} >>",
            .. _pages.SelectMany((drawing, page) => new[]
            {
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {Width} {Height}] /Contents {4 + (2 * page)} 0 R /Resources << /Font << /R {letters} 0 R /B {letters + 1} 0 R >> >> >>"),
                string.Create(CultureInfo.InvariantCulture, $"<< /Length {drawing.Length} >>\nstream\n{drawing}endstream"),
            }),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
        ];
        var file = new StringBuilder("%PDF-1.4\n");
        var table = new StringBuilder();
        for (int i = 0; i < objects.Length; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        int start = file.Length;
        file.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n{table}");
        file.Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }
}
