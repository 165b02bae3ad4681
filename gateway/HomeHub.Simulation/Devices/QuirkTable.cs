using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Devices;

/// <summary>Where in a measurement's octets time stamp and unit are told, for devices that leave them out or get them wrong.</summary>
internal static class QuirkTable
{
    private const int StampOctets = 7;

    /// <summary>The same measurement without its Date Time field; as it is where the field is not optional.</summary>
    public static SimulatedPayload WithoutStamp(SimulatedPayload payload)
    {
        (byte flag, int offset) = payload.Characteristic switch
        {
            0x2A35 => ((byte)0x02, 7),
            0x2A1C => ((byte)0x02, 5),
            0x2A5E => ((byte)0x01, 5),
            0x2A9D => ((byte)0x02, 3),
            0x2A9C => ((byte)0x02, 4),
            _ => ((byte)0, 0),
        };
        if ((payload.Octets[0] & flag) == 0)
        {
            return payload;
        }

        byte[] octets = [.. payload.Octets[..offset], .. payload.Octets[(offset + StampOctets)..]];
        octets[0] &= (byte)~flag;
        return payload with { Octets = octets };
    }

    /// <summary>The same measurement with the flag of the other unit, its number unchanged.</summary>
    public static SimulatedPayload WithWrongUnit(SimulatedPayload payload)
    {
        byte flag = payload.Characteristic switch
        {
            0x2A35 or 0x2A1C or 0x2A9D or 0x2A9C => 0x01,
            0x2A18 => 0x04,
            _ => 0,
        };
        byte[] octets = [.. payload.Octets];
        octets[0] ^= flag;
        return payload with { Octets = octets };
    }
}
