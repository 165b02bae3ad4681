using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.NewProfile;

/// <summary>
/// CHARACTERISTIC_NAME (0xCHARACTERISTIC_UUID; TODO: specification, version, clause). TODO: which bits are reserved, and that they are ignored.
/// </summary>
/// <param name="Flags">TODO: what follows, one parameter a field: name of the specification, unit, range, null when absent.</param>
public readonly record struct NewProfileMeasurement(byte Flags)
{
    /// <summary>Reads one payload; false with field and offset when it is cut short or octets are left over.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out NewProfileMeasurement measurement, out DecodeError error)
    {
        var reader = new WireReader(octets);

        // TODO: the other fields in the order of the specification. No test for a cut payload is needed between them: the reader remembers the first.
        measurement = new NewProfileMeasurement(Flags: reader.UInt8("Flags"));
        bool understood = reader.End();
        error = understood ? default : reader.Error(NewProfileProfile.MeasurementUuid);
        return understood;
    }
}
