using System.Text;
using HomeHub.Core.Board;
using HomeHub.Hardware.Kernel;

namespace HomeHub.Hardware.Inputs;

/// <summary>The input devices of this machine.</summary>
/// <param name="kernel">The kernel.</param>
/// <param name="listDevices">Their files.</param>
internal sealed class InputDevices(IKernel kernel, Func<IReadOnlyList<string>> listDevices)
{
    /// <summary>Most devices that are looked at.</summary>
    public const int MaxDevices = 64;

    /// <summary>The files in <c>/dev/input</c>, by number; none where there is no such folder.</summary>
    public static IReadOnlyList<string> List() => Directory.Exists("/dev/input")
        ? [.. Directory.EnumerateFiles("/dev/input", "event*").OrderBy(path => path.Length).ThenBy(path => path, StringComparer.Ordinal).Take(MaxDevices)]
        : [];

    /// <summary>Opens the first device of a name that has what is wanted.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">EV_KEY or EV_SND.</param>
    /// <param name="code">Code that it has to have; null: any of the type.</param>
    /// <returns>A descriptor; null: there is none.</returns>
    /// <exception cref="PlaceException">There is one, and it can't be opened; or there are some that can't be looked at, and it may be among them.</exception>
    public int? Open(string name, ushort type, int? code)
    {
        int hidden = 0;
        foreach (string file in listDevices())
        {
            int descriptor = kernel.Open(file, isWritten: type == InputAbi.Snd);
            if (descriptor < 0)
            {
                hidden += -descriptor is LibC.AccessDenied or LibC.NotPermitted ? 1 : 0;
                continue;
            }

            if (NameOf(descriptor) == name && Has(descriptor, type, code))
            {
                return descriptor;
            }

            LibC.Close(descriptor);
        }

        return hidden == 0 ? null : throw new PlaceException(BoardCondition.NotPermitted, $"no input device named {name} was seen; {hidden} may not be opened by this user");
    }

    private string NameOf(int descriptor)
    {
        Span<byte> name = stackalloc byte[InputAbi.NameBytes];
        name.Clear();
        int length = kernel.Control(descriptor, InputAbi.GetName, name);
        return length <= 0 ? "" : Encoding.UTF8.GetString(name[..Math.Min(length, name.Length)]).TrimEnd('\0');
    }

    private bool Has(int descriptor, ushort type, int? code)
    {
        Span<byte> codes = stackalloc byte[type == InputAbi.Key ? InputAbi.KeyBytes : InputAbi.SoundBytes];
        codes.Clear();
        return kernel.Control(descriptor, InputAbi.GetCodes(type, codes.Length), codes) >= 0 && (code is { } wanted ? InputAbi.Has(codes, wanted) : codes.ContainsAnyExcept((byte)0));
    }
}
