namespace HomeHub.Hardware.Tests;

/// <summary>A line of a recorded chip.</summary>
/// <param name="name">Its name; empty where it has none.</param>
internal sealed class RecordedLine(string name)
{
    public string Name => name;

    /// <summary>Who has it already.</summary>
    public string User { get; set; } = "";

    /// <summary>Error number by which it is refused; 0: it isn't.</summary>
    public int Refuses { get; set; }

    /// <summary>Error number by which it is refused to who wants it debounced.</summary>
    public int? RefusesDebounce { get; set; }

    /// <summary>Error number by which it is refused to who wants its edges.</summary>
    public int? RefusesEdges { get; set; }

    /// <summary>Whether the chip went away.</summary>
    public bool IsGone { get; set; }

    public bool IsOn { get; set; }

    /// <summary>Where what it tells is written.</summary>
    public int WriteEnd { get; set; }

    /// <summary>The requests for it.</summary>
    public List<byte[]> Asked { get; } = [];
}
