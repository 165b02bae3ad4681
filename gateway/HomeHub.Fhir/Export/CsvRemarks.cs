using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Fhir;

/// <summary>What is to be known of a whole record before its numbers are believed, as codes with a space between.</summary>
internal static class CsvRemarks
{
    private static readonly (MeasurementStatus Status, string Code)[] Codes =
    [
        (MeasurementStatus.Invalid, "invalid"), (MeasurementStatus.NotAvailable, "not-available"), (MeasurementStatus.Questionable, "questionable"),
        (MeasurementStatus.Calibrating, "calibrating"), (MeasurementStatus.Validated, "validated"), (MeasurementStatus.EarlyEstimate, "early-estimate"),
        (MeasurementStatus.TestData, "test-data"), (MeasurementStatus.ManuallyEntered, "entered-by-hand"),
    ];

    /// <summary>The remarks; empty when there are none.</summary>
    /// <param name="reading">The record.</param>
    /// <param name="said">What it says of itself; nothing where nobody understands it any more.</param>
    public static string Of(AcquiredReading reading, MeasurementStatus said)
    {
        MeasurementStatus status = said | (reading.IsEnteredByHand ? MeasurementStatus.ManuallyEntered : MeasurementStatus.None);
        IEnumerable<string> remarks = Codes.Where(known => (status & known.Status) != 0).Select(known => known.Code);
        if (reading.Effective.Use == StampUse.NotUsable)
        {
            remarks = remarks.Append("time-of-reception");
        }

        return string.Join(' ', reading.IsTakenBack ? remarks.Append("taken-back") : remarks);
    }
}
