namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>Reads the tab-separated fixtures beside this file, and docs/nomenclature.tsv: comment lines start with #, the first other line is the header.</summary>
internal static class VectorFile
{
    public static IEnumerable<string[]> Rows(string name)
    {
        using Stream stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("fixture is not embedded", name);
        using var reader = new StreamReader(stream);
        bool header = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!header)
            {
                yield return line.Split('\t');
            }

            header = false;
        }
    }
}
