namespace HomeHub.Profiles.RoomClimate;

/// <summary>IEEE 11073-10101 terms of the air in a room.</summary>
public static class RoomClimateTerms
{
    /// <summary>Temperature of the room.</summary>
    public static readonly MdcTerm Temperature = new(188508, "MDC_TEMP_ROOM");

    /// <summary>
    /// Relative humidity of the room: a number out of the range that the nomenclature leaves to everybody's own use (0xF000 to 0xFBFF of a partition, here that of physiological quantities),
    /// for no published one could be verified. It tells values apart here and is never sent: in FHIR stands LOINC. The name is HomeHub's own.
    /// </summary>
    public static readonly MdcTerm RelativeHumidity = new(192512, "HOMEHUB_REL_HUMIDITY_ROOM");
}
