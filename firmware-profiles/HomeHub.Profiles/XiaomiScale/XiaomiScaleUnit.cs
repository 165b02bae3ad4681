namespace HomeHub.Profiles.XiaomiScale;

/// <summary>The unit that the scale is switched to; its display shows it and its numbers are in it.</summary>
public enum XiaomiScaleUnit
{
    /// <summary>Kilogram; numbers are in units of 0.005 kg.</summary>
    Kilogram,

    /// <summary>Pound; numbers are in units of 0.01 lb.</summary>
    Pound,

    /// <summary>Jin (catty); numbers are in units of 0.01 jin. Not told further: see the README.</summary>
    Jin,
}
