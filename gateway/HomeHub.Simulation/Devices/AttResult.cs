namespace HomeHub.Simulation.Devices;

/// <summary>A device's answer to a read or a write.</summary>
/// <param name="Error">Error code of the Attribute Protocol; 0 when it went well.</param>
/// <param name="Octets">The value that was read; empty for a write.</param>
public readonly record struct AttResult(byte Error, byte[] Octets)
{
    /// <summary>It went well.</summary>
    public static readonly AttResult Done = new(0, []);

    /// <summary>Refused with an error code.</summary>
    public static AttResult Refused(byte error) => new(error, []);
}
