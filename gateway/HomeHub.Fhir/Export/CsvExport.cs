using System.Globalization;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.Streams;

namespace HomeHub.Fhir;

/// <summary>
/// Writes readings as CSV (RFC 4180, UTF-8), a row a number, answer or bit, for spreadsheets; the columns stand in docs/command-line.md. Numbers keep the
/// device's decimals. The device is named by its model and by a UUID, so that a sheet passed on holds no serial number or address.
/// </summary>
public sealed class CsvExport
{
    /// <summary>The columns; they are only ever added, at the end.</summary>
    public const string Header = "effective,received,code,mdc,value,unit,absent,status,device,device_id,record_id,"
        + "lowest,highest,samples,seconds,sent_value,sent_unit,types,about,remarks";

    /// <summary>Why a row has no value: no decoder understands the reading any more.</summary>
    private const string Undecodable = "not-understood";

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
                    await writer.WriteAsync(RowOfUndecodable(fragments, reading).AsMemory(), cancellation).ConfigureAwait(false);
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

    /// <summary>That there is a reading, of which device and when, is told also where nobody understands any more what it says.</summary>
    private static string RowOfUndecodable(HubFragments hub, AcquiredReading reading) =>
        $"{HeadOf(reading)},,,,{Undecodable},unknown,{DeviceOf(hub, reading)},{RecordId(reading.Identity)},{NoMore},,{CsvRemarks.Of(reading, MeasurementStatus.None)}\r\n";

    private static int AppendRows(StringBuilder text, HubFragments hub, AcquiredReading reading)
    {
        string head = HeadOf(reading), device = DeviceOf(hub, reading);
        int rows = 0;
        foreach (ReadingValue value in reading.Reading.Values)
        {
            string middle = $"{(reading.IsTakenBack ? "entered-in-error" : StatusOf(reading.Reading.Status, value))},{device},{RecordId(reading.Identity)}";
            string tail = $"{AboutOf(value.Subject)},{CsvRemarks.Of(reading, reading.Reading.Status)}\r\n";
            foreach ((string cells, string more) in RowsOf(value, reading))
            {
                text.Append(head).Append(cells).Append(',').Append(middle).Append(',').Append(more).Append(',').Append(tail);
                rows++;
            }
        }

        return rows;
    }

    /// <summary>
    /// Of each row: code, MDC code, value, unit and reason of absence; and lowest, highest, samples, seconds, value and unit as sent, and supplemental types.
    /// </summary>
    private static IEnumerable<(string Cells, string More)> RowsOf(ReadingValue value, AcquiredReading reading) => value switch
    {
        NumericValue numeric => [(NumberCells(numeric.Code, numeric.Value, numeric.Unit), MoreOf(numeric, reading))],
        CompoundNumericValue compound => compound.Components.Select(c => (NumberCells(c.Code, c.Value, c.Unit), SentCells(c))),
        CodedValue coded => [($"{Name(coded.Code)},{coded.Code.Code},{Answer(coded.Value)},,", NoMore)],
        BitsEnumerationValue bits => bits.Bits.Select(
            bit => ($"{Field(bit.Name)},{bits.Code.Code}.{bit.Bit},{(bit.IsSet ? "true" : "false")},,", NoMore)),
        SampledValue waveform => [($"{Name(waveform.Code)},{waveform.Code.Code},{string.Join(' ', waveform.Samples)},{Field(waveform.Unit.Ucum)},", NoMore)],
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No row is known for this kind of value."),
    };

    private const string NoMore = ",,,,,,";

    private static string AboutOf(ValueSubject subject) => subject switch
    {
        ValueSubject.Device => "device",
        ValueSubject.Room => "room",
        _ => "patient",
    };

    private static string NumberCells(MdcTerm code, MeasuredValue value, Unit unit) => value.IsPresent
        ? string.Create(CultureInfo.InvariantCulture, $"{Name(code)},{code.Code},{value.Number},{Field(unit.Ucum)},")
        : $"{Name(code)},{code.Code},,,{ReasonOf(value.Absence)}";

    /// <summary>A mean has what it was made from; what lasted, how long; and what would look alike, what tells it apart.</summary>
    private static string MoreOf(NumericValue value, AcquiredReading reading)
    {
        int? samples = value.Range is not null && reading.Context.IsMinute ? StreamMinute.Count(reading.Octets) : null;
        string types = string.Join(' ', value.SupplementalTypes.Select(Answer));
        return string.Create(
            CultureInfo.InvariantCulture, $"{value.Range?.Lowest},{value.Range?.Highest},{samples},{(decimal?)value.Duration?.TotalSeconds},,,{types}");
    }

    /// <summary>A number that was converted, as the device sent it.</summary>
    private static string SentCells(NumericComponent component) => component.Original is { IsPresent: true } sent
        ? string.Create(CultureInfo.InvariantCulture, $",,,,{sent.Number},{Field(component.OriginalUnit?.Ucum)},")
        : NoMore;

    /// <summary>A term by its name, or by its number where no name is known.</summary>
    private static string Answer(MdcTerm term) => Name(term) is { Length: > 0 } name ? name : term.Code.ToString(CultureInfo.InvariantCulture);

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

    private static string HeadOf(AcquiredReading reading) => $"{Time(reading.Effective.Instant)},{Time(reading.ReceivedAt)},";

    private static string DeviceOf(HubFragments hub, AcquiredReading reading) => $"{Field(reading.Device.Information.Model)},{hub.Of(reading.Device).Id}";

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
