using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>PLX Features (0x2A60; Pulse Oximeter Service 1.0.1, 3.3).</summary>
/// <param name="Supported">Supported Features; bits 8 to 15 are reserved.</param>
/// <param name="MeasurementStatusSupport">Which Measurement Status bits the device knows (feature bit 0), null when absent.</param>
/// <param name="SensorStatusSupport">Which Device and Sensor Status bits it knows, 24 bits (feature bit 1), null when absent.</param>
public readonly record struct PlxFeatures(ushort Supported, ushort? MeasurementStatusSupport, uint? SensorStatusSupport)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out PlxFeatures features, out DecodeError error)
    {
        var reader = new WireReader(octets);
        ushort supported = reader.UInt16("Supported Features");
        features = new PlxFeatures(
            supported,
            MeasurementStatusSupport: (supported & 0x01) != 0 ? reader.UInt16("Measurement Status Support") : null,
            SensorStatusSupport: (supported & 0x02) != 0 ? reader.UInt24("Device and Sensor Status Support") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(PulseOximeterProfile.FeaturesUuid);
        return understood;
    }
}
