using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PulseOximeter;

/// <summary>
/// PLX Continuous Measurement (0x2A5F; Pulse Oximeter Service 1.0.1, 3.2). Flag bits 5 to 7 are reserved and ignored.
/// It has no time of its own: it is as old as its notification.
/// </summary>
/// <param name="Normal">SpO2 and pulse rate with the sensor's normal averaging.</param>
/// <param name="Fast">The pair with fast averaging (flag bit 0), null when absent.</param>
/// <param name="Slow">The pair with slow averaging (flag bit 1), null when absent.</param>
/// <param name="Status">Measurement Status (flag bit 2), null when absent.</param>
/// <param name="SensorStatus">Device and Sensor Status, 24 bits (flag bit 3), null when absent.</param>
/// <param name="PulseAmplitudeIndex">Pulse Amplitude Index in per cent (flag bit 4), null when absent.</param>
public readonly record struct PlxContinuousMeasurement(
    PlxPair Normal,
    PlxPair? Fast,
    PlxPair? Slow,
    ushort? Status,
    uint? SensorStatus,
    MderFloat? PulseAmplitudeIndex)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out PlxContinuousMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        measurement = new PlxContinuousMeasurement(
            Normal: new PlxPair(reader.SFloat("SpO2PR-Normal SpO2"), reader.SFloat("SpO2PR-Normal PR")),
            Fast: (flags & 0x01) != 0 ? new PlxPair(reader.SFloat("SpO2PR-Fast SpO2"), reader.SFloat("SpO2PR-Fast PR")) : null,
            Slow: (flags & 0x02) != 0 ? new PlxPair(reader.SFloat("SpO2PR-Slow SpO2"), reader.SFloat("SpO2PR-Slow PR")) : null,
            Status: (flags & 0x04) != 0 ? reader.UInt16("Measurement Status") : null,
            SensorStatus: (flags & 0x08) != 0 ? reader.UInt24("Device and Sensor Status") : null,
            PulseAmplitudeIndex: (flags & 0x10) != 0 ? reader.SFloat("Pulse Amplitude Index") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(PulseOximeterProfile.ContinuousUuid);
        return understood;
    }
}
