namespace HomeHub.Profiles.RoomClimate;

/// <summary>
/// The air in the room where the hub stands, by a sensor of its board. No device of Bluetooth tells it: what the kernel told becomes octets under UUIDs of HomeHub's own, so that it is kept,
/// decoded and sent as all else is (docs/decisions/0048).
/// </summary>
public static class RoomClimateProfile
{
    /// <summary>What a sensor told at a moment.</summary>
    public static readonly BluetoothUuid RecordUuid = BluetoothUuid.Parse("39d73f23-fd7b-4436-9b68-ac393efeabc6");

    /// <summary>Stands for sensors of the room.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("39d73f22-fd7b-4436-9b68-ac393efeabc6");

    /// <summary>The profile. It says nothing of a device's purpose towards a person.</summary>
    public static readonly GattProfile Profile = new(Service, "Climate of the room", null, [new CharacteristicDecoder(RecordUuid, "Climate of the room", Decode)]);

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!RoomClimateRecord.TryDecode(octets, out RoomClimateRecord record, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        List<ReadingValue> values = [];
        if (record.TemperatureCelsius is { } celsius)
        {
            values.Add(new NumericValue(RoomClimateTerms.Temperature, MeasuredValue.Of(celsius), Units.Celsius) { Subject = ValueSubject.Room });
        }

        if (record.HumidityPercent is { } percent)
        {
            values.Add(new NumericValue(RoomClimateTerms.RelativeHumidity, MeasuredValue.Of(percent), Units.Percent) { Subject = ValueSubject.Room });
        }

        return DecodeResult.Of(new Reading { Values = [.. values] });
    }
}
