using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Gpio;

/// <summary>The GPIO chips of this machine, and their lines.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="listChips">Files of the chips.</param>
internal sealed class GpioChips(IKernel kernel, Func<IReadOnlyList<string>> listChips)
{
    /// <summary>Most chips that are looked at, and most lines of a chip.</summary>
    public const int MaxChips = 64, MaxLines = 1_024;

    /// <summary>The files in <c>/dev</c>, by number.</summary>
    public static IReadOnlyList<string> List() => List("/dev");

    /// <summary>
    /// The files in a folder, by number. Links are left out: the system of a Raspberry Pi makes <c>gpiochip4</c> one to <c>gpiochip0</c>, and each line would be there twice. A place that names
    /// the link is opened through it all the same.
    /// </summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> List(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "gpiochip*").Where(path => new FileInfo(path).LinkTarget is null).OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).Take(MaxChips),
    ];

    /// <summary>The line of a place.</summary>
    /// <exception cref="PlaceException">There is none, or it can't be told.</exception>
    public GpioLine Find(BoardPlace place)
    {
        if (place.Chip is { } chip)
        {
            return new GpioLine(chip, place.Offset);
        }

        return FindByName(place.Name!) ?? throw new PlaceException(BoardCondition.NotFound, $"no GPIO line is named {place.Name}");
    }

    /// <summary>A line by its name; null: none of the chips that this user may open has one.</summary>
    /// <exception cref="PlaceException">Several have: it can't be known which is meant.</exception>
    public GpioLine? FindByName(string name)
    {
        List<GpioLine> found = [];
        foreach (string chip in listChips())
        {
            int descriptor = kernel.Open(chip, isWritten: false);
            if (descriptor < 0)
            {
                continue;
            }

            try
            {
                found.AddRange(FindOn(chip, descriptor, name));
            }
            finally
            {
                LibC.Close(descriptor);
            }
        }

        return found.Count > 1 ? throw new PlaceException(BoardCondition.Failed, $"several GPIO lines are named {name}; give chip and offset") : found.FirstOrDefault();
    }

    private IEnumerable<GpioLine> FindOn(string chip, int descriptor, string name)
    {
        byte[] info = new byte[GpioAbi.ChipBytes];
        int lines = kernel.Control(descriptor, GpioAbi.GetChip, info) < 0 ? 0 : Math.Min(GpioAbi.ReadLineCount(info), MaxLines);
        for (int offset = 0; offset < lines; offset++)
        {
            byte[] line = new byte[GpioAbi.LineInfoBytes];
            BitConverter.TryWriteBytes(line.AsSpan(64), offset);
            if (kernel.Control(descriptor, GpioAbi.GetLineInfo, line) >= 0 && GpioAbi.ReadLineInfo(line).Name == name)
            {
                yield return new GpioLine(chip, offset);
            }
        }
    }
}
