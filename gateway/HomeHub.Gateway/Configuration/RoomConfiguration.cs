using HomeHub.Hardware.Climate;

namespace HomeHub.Gateway.Configuration;

/// <summary>The sensor of the room where the hub stands.</summary>
internal sealed record RoomConfiguration
{
    /// <summary>Value of the key that lets the only sensor with temperature and humidity count; and the one with which none is read.</summary>
    public const string Auto = "auto", Off = "off";

    /// <summary>Minutes from one reading to the next, where nothing says another.</summary>
    public const int DefaultMinutes = 15;

    /// <summary>False: no sensor is looked for.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The sensor by name; null: the only one that has both.</summary>
    public string? Sensor { get; init; }

    /// <summary>Minutes from one reading to the next.</summary>
    public int Minutes { get; init; } = DefaultMinutes;

    /// <summary>Where the kernel tells of its sensors.</summary>
    public string Folder { get; init; } = IioRoomSensor.KernelFolder;
}
