namespace HomeHub.Hardware.Tests;

/// <summary>A recorded input device.</summary>
/// <param name="name">Its name.</param>
internal sealed class RecordedInput(string name)
{
    public string Name => name;

    public int[] Keys { get; init; } = [];

    public int[] Sounds { get; init; } = [];

    /// <summary>Keys that are down, for who asks.</summary>
    public int[] Down { get; set; } = [];

    public bool RefusesClock { get; init; }

    /// <summary>The clock that was chosen.</summary>
    public uint? Clock { get; set; }

    /// <summary>File that what is written to it goes to.</summary>
    public string WrittenTo { get; init; } = "/dev/null";

    public int Descriptor { get; set; }

    public int WriteEnd { get; set; }
}
