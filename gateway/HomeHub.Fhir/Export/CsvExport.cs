using System.Globalization;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Fhir;

/// <summary>
/// Writes readings as CSV (RFC 4180, UTF-8), a row a number, answer or bit, for spreadsheets. Numbers keep the device's decimals. The
/// device is named by its model and by a UUID, so that a sheet passed on holds no serial number or address.
/// </summary>
public sealed class CsvExport
{
    /// <summary>The columns.</summary>
    public const string Header = "effective,received,code,mdc,value,unit,absent,status,device,device_id,record_id";

    private const string TimeFormat = "yyyy-MM-ddTHH:mm:ss.FFFzzz";

    private readonly FhirEncoder _encoder;

    /// <summary>An export that names devices as an encoder does.</summary>
    public CsvExport(FhirEncoder encoder) => _encoder = encoder;

    /// <summary>Writes header and rows.</summary>
    /// <param name="hub">The hub: namespace of the UUIDs.</param>
    /// <param name="readings">The readings.</param>
    /// <param name="output">Where the text goes; not closed.</param>
    /// <param name="cancellation">Ends the export early.</param>
    public async Task<ExportResult> WriteAsync(
        HubIdentity hub, IAsyncEnumerable<AcquiredReading> readings, Stream output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(readings);
        HubFragments fragments = _encoder.FragmentsOf(hub);
        var writer = new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await using (writer.ConfigureAwait(false))
        {
            await writer.WriteLineAsync(Header.AsMemory(), cancellation).ConfigureAwait(false);
            long count = 0, rows = 0, undecodable = 0;
            var text = new StringBuilder();
            await foreach (AcquiredReading reading in readings.WithCancellation(cancellation).ConfigureAwait(false))
            {
                if (!Decoding.IsDecodable(reading))
                {
                    undecodable++;
                    continue;
                }

                text.Clear();
                rows += AppendRows(text, fragments, reading);
                count++;
                await writer.WriteAsync(text, cancellation).ConfigureAwait(false);
            }

            return new ExportResult(count, rows, undecodable);
        }
    }

    private static int AppendRows(StringBuilder text, HubFragments hub, AcquiredReading reading)
    {
        string head = $"{Time(reading.Effective.Instant)},{Time(reading.ReceivedAt)},";
        string device = $"{Field(reading.Device.Information.Model)},{hub.Of(reading.Device).Id}";
        int rows = 0;
        foreach (ReadingValue value in reading.Reading.Values)
        {
            string tail = $"{(reading.IsTakenBack ? "entered-in-error" : StatusOf(reading.Reading.Status, value))},{device},{RecordId(reading.Identity)}\r\n";
            foreach (string cells in CellsOf(value))
            {
                text.Append(head).Append(cells).Append(',').Append(tail);
                rows++;
            }
        }

        return rows;
    }

    /// <summary>Code, MDC code, value, unit and reason of absence of each row.</summary>
    private static IEnumerable<string> CellsOf(ReadingValue value) => value switch
    {
        NumericValue numeric => [NumberCells(numeric.Code, numeric.Value, numeric.Unit)],
        CompoundNumericValue compound => compound.Components.Select(c => NumberCells(c.Code, c.Value, c.Unit)),
        CodedValue coded => [$"{Name(coded.Code)},{coded.Code.Code},{Name(coded.Value)},,"],
        BitsEnumerationValue bits => bits.Bits.Select(
            bit => $"{Field(bit.Name)},{bits.Code.Code}.{bit.Bit},{(bit.IsSet ? "true" : "false")},,"),
        SampledValue waveform => [$"{Name(waveform.Code)},{waveform.Code.Code},{string.Join(' ', waveform.Samples)},{Field(waveform.Unit.Ucum)},"],
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No row is known for this kind of value."),
    };

    private static string NumberCells(MdcTerm code, MeasuredValue value, Unit unit) => value.IsPresent
        ? string.Create(CultureInfo.InvariantCulture, $"{Name(code)},{code.Code},{value.Number},{Field(unit.Ucum)},")
        : $"{Name(code)},{code.Code},,,{ReasonOf(value.Absence)}";

    private static string ReasonOf(AbsenceReason reason) => reason switch
    {
        AbsenceReason.NotANumber => "not-a-number",
        AbsenceReason.PositiveInfinity => "positive-infinity",
        AbsenceReason.NegativeInfinity => "negative-infinity",
        AbsenceReason.NotPerformed => "not-performed",
        _ => "error",
    };

    private static string StatusOf(MeasurementStatus status, ReadingValue value) =>
        value is BitsEnumerationValue ? "final"
        : (status & MeasurementStatus.Invalid) != 0 ? "entered-in-error"
        : (status & MeasurementStatus.EarlyEstimate) != 0 ? "preliminary"
        : "final";

    private static string Name(MdcTerm term) => Field(string.IsNullOrEmpty(term.RefId) ? null : term.RefId);

    private static string RecordId(RecordIdentity identity) =>
        string.Create(CultureInfo.InvariantCulture, $"{identity.High:x16}{identity.Low:x16}");

    private static string Time(DateTimeOffset time) => time.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <summary>Quotes where it must; a text that a spreadsheet would take for a formula gets an apostrophe: it comes from a radio.</summary>
    private static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        string safe = text[0] is '=' or '+' or '-' or '@' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
