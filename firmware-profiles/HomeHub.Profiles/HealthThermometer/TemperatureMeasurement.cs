using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.HealthThermometer;

/// <summary>
/// Temperature Measurement (0x2A1C) and Intermediate Temperature (0x2A1E), which share their layout
/// (Health Thermometer Service 1.0, 3.1 and 3.3; GATT Specification Supplement, Temperature Measurement).
/// Flag bits 3 to 7 are reserved and ignored.
/// </summary>
/// <param name="InFahrenheit">Unit: degree Fahrenheit, else degree Celsius (flag bit 0).</param>
/// <param name="Temperature">The temperature, a FLOAT.</param>
/// <param name="Timestamp">Time Stamp (flag bit 1), null when absent.</param>
/// <param name="Type">Temperature Type (flag bit 2): 1 to 9, others reserved; null when absent.</param>
public readonly record struct TemperatureMeasurement(bool InFahrenheit, MderFloat Temperature, PhdTimestamp? Timestamp, byte? Type)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> octets, BluetoothUuid characteristic, out TemperatureMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte flags = reader.UInt8("Flags");
        measurement = new TemperatureMeasurement(
            InFahrenheit: (flags & 0x01) != 0,
            Temperature: reader.Float("Temperature"),
            Timestamp: (flags & 0x02) != 0 ? reader.DateTime("Time Stamp") : null,
            Type: (flags & 0x04) != 0 ? reader.UInt8("Temperature Type") : null);
        bool understood = reader.End();
        error = understood ? default : reader.Error(characteristic);
        return understood;
    }
}
