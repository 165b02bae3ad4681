using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>
/// PLX Spot-Check Measurement (0x2A5E; Pulse Oximeter Service 1.0.1, 3.1). Flag bits 5 to 7 are reserved and ignored.
/// </summary>
/// <param name="Saturation">SpO2 in per cent.</param>
/// <param name="PulseRate">Pulse rate in beats a minute.</param>
/// <param name="Timestamp">Timestamp (flag bit 0), null when absent.</param>
/// <param name="Status">Measurement Status (flag bit 1), null when absent.</param>
/// <param name="SensorStatus">Device and Sensor Status, 24 bits (flag bit 2), null when absent.</param>
/// <param name="PulseAmplitudeIndex">Pulse Amplitude Index in per cent (flag bit 3), null when absent.</param>
/// <param name="ClockNotSet">Device Clock is Not Set (flag bit 4).</param>
public readonly record struct PlxSpotCheckMeasurement(
    MderFloat Saturation,
    MderFloat PulseRate,
    PhdTimestamp? Timestamp,
    ushort? Status,
    uint? SensorStatus,
    MderFloat? PulseAmplitudeIndex,
    bool ClockNotSet)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out PlxSpotCheckMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        measurement = new PlxSpotCheckMeasurement(
            Saturation: reader.SFloat("SpO2PR-Spot-Check SpO2"),
            PulseRate: reader.SFloat("SpO2PR-Spot-Check PR"),
            Timestamp: (flags & 0x01) != 0 ? reader.DateTime("Timestamp") : null,
            Status: (flags & 0x02) != 0 ? reader.UInt16("Measurement Status") : null,
            SensorStatus: (flags & 0x04) != 0 ? reader.UInt24("Device and Sensor Status") : null,
            PulseAmplitudeIndex: (flags & 0x08) != 0 ? reader.SFloat("Pulse Amplitude Index") : null,
            ClockNotSet: (flags & 0x10) != 0);
        bool understood = reader.End();
        error = understood ? default : reader.Error(PulseOximeterProfile.SpotCheckUuid);
        return understood;
    }
}
