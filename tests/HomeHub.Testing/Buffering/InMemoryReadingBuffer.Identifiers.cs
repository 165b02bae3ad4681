using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Testing.Buffering;

/// <summary>Which conditional identifiers were given out.</summary>
public sealed partial class InMemoryReadingBuffer
{
    private readonly HashSet<(string Device, PatientReference Patient, PhdTimestamp Stamp, string Value)> _identifiers = [];

    /// <summary>Notes the identifiers that the record would get; true when one of them was given to another record before.</summary>
    private bool TakesIdentifier(AcquiredReading reading)
    {
        if (reading.Patient.IsNobody || reading.Stamp is not { } stamp || !reading.Effective.StampIdentifies)
        {
            return false;
        }

        var mine = reading.Reading.Values
            .Where(value => value.Upload != UploadRule.Never)
            .Select(value => (reading.Device.IdentityHex, reading.Patient, stamp, Describe(value)))
            .Distinct()
            .ToList();
        bool taken = mine.Exists(_identifiers.Contains);
        _identifiers.UnionWith(mine);
        return taken;
    }

    private static string Describe(ReadingValue value) => value is NumericValue numeric
        ? $"{value.Code.Code}..{numeric.Duration?.Ticks ?? 0}-{string.Join('-', numeric.SupplementalTypes.Select(term => term.Code))}"
        : $"{value.Code.Code}..0-";
}
