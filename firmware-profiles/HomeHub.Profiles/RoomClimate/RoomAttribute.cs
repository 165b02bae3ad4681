namespace HomeHub.Profiles.RoomClimate;

/// <summary>What a number of a room's sensor is: a channel in the upper four bits, and in the lower ones which of its attributes. Numbers stay: they are stored.</summary>
public enum RoomAttribute : byte
{
    /// <summary>Temperature in thousandths of a degree Celsius.</summary>
    TemperatureInput = 0x01,

    /// <summary>Temperature as the sensor counts it.</summary>
    TemperatureRaw = 0x02,

    /// <summary>What is added to <see cref="TemperatureRaw"/>.</summary>
    TemperatureOffset = 0x03,

    /// <summary>Thousandths of a degree Celsius in one of <see cref="TemperatureRaw"/>.</summary>
    TemperatureScale = 0x04,

    /// <summary>Relative humidity in thousandths of a per cent.</summary>
    HumidityInput = 0x11,

    /// <summary>Relative humidity as the sensor counts it.</summary>
    HumidityRaw = 0x12,

    /// <summary>What is added to <see cref="HumidityRaw"/>.</summary>
    HumidityOffset = 0x13,

    /// <summary>Thousandths of a per cent in one of <see cref="HumidityRaw"/>.</summary>
    HumidityScale = 0x14,
}
