namespace HomeHub.Simulation.Devices;

/// <summary>How a characteristic fails. In a device file the names are kebab-case: <c>hang</c>.</summary>
public enum CharacteristicFault
{
    /// <summary>It does not answer while the link lasts.</summary>
    Hang,

    /// <summary>It answers with an error code.</summary>
    Refuse,

    /// <summary>It answers late.</summary>
    Slow,
}
