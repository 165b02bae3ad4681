using HomeHub.Profiles;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Fhir.Terms;

/// <summary>
/// What stands as code in an Observation of the room, as JSON. LOINC has both; MDC only stands where a published code could be verified (docs/decisions/0048).
/// </summary>
internal static class RoomTerms
{
    private static ReadOnlySpan<byte> Temperature =>
        ""","code":{"coding":[{"system":"http://loinc.org","code":"60832-3","display":"Room temperature"},{"system":"urn:iso:std:iso:11073:10101","code":"188508","display":"MDC_TEMP_ROOM"}],"text":"Temperature of the room"}"""u8;

    private static ReadOnlySpan<byte> RelativeHumidity =>
        ""","code":{"coding":[{"system":"http://loinc.org","code":"65643-9"}],"text":"Relative humidity of the room"}"""u8;

    /// <summary><c>,"code":{…}</c> of a value.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is none of the room.</exception>
    public static ReadOnlySpan<byte> CodeOf(MdcTerm term) =>
        term == RoomClimateTerms.Temperature ? Temperature
        : term == RoomClimateTerms.RelativeHumidity ? RelativeHumidity
        : throw new ArgumentOutOfRangeException(nameof(term));
}
