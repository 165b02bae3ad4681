using System.Text;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Export;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.Streams;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>A history as a collection Bundle and as CSV.</summary>
public sealed class ExportTests
{
    [Fact]
    public async Task The_bundle_holds_everything_once()
    {
        (ExportResult result, string json) = await BundleAsync(AllReadings.All);
        JsonElement[] entries = [.. Encoded.Parse(json).GetProperty("entry").EnumerateArray()];
        string[] urls = [.. entries.Select(e => e.GetProperty("fullUrl").GetString()!)];
        Assert.Equal(urls.Length, urls.Distinct().Count());
        HashSet<string> expected = [.. AllResources.All.Select(r => $"urn:uuid:{r.Id}")];
        expected.Add($"urn:uuid:{Samples.Encoder.ListDevices(Hub, AllReadings.All)[0].Id}");
        Assert.Equal(expected.Order(), urls.Order());
        Assert.Equal(AllReadings.All.Count, result.Readings);
        Assert.Equal(entries.Count(e => e.GetProperty("resource").GetProperty("resourceType").GetString() == "Observation"), result.Observations);
        Assert.Equal(0, result.Undecodable);
    }

    [Fact]
    public async Task A_history_without_readings_is_a_bundle_without_entries() =>
        Assert.Equal("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}\n", (await BundleAsync([])).Json);

    [Fact]
    public async Task A_reading_that_nobody_understands_any_more_is_counted_and_the_rest_written()
    {
        AcquiredReading broken = BloodPressure() with { Octets = [1, 2], Reading = null! };
        (ExportResult result, string json) = await BundleAsync([broken, BloodPressure()]);
        Assert.Equal(1, result.Undecodable);
        Assert.Equal(1, result.Readings);
        JsonElement outcome = Assert.Single(
            Encoded.Parse(json).GetProperty("entry").EnumerateArray().Select(entry => entry.GetProperty("resource")),
            resource => resource.GetProperty("resourceType").GetString() == "OperationOutcome");
        Assert.Equal("Readings that are kept, and can't be decoded any more: 1", outcome.GetProperty("issue")[0].GetProperty("diagnostics").GetString());
        (ExportResult csv, string text) = await CsvAsync([broken, BloodPressure()]);
        Assert.Equal((1, 1, 6), (csv.Undecodable, csv.Readings, csv.Observations));
        Dictionary<string, string> row = Assert.Single(Rows(text), row => row["absent"] == "not-understood");
        Assert.Equal(("", "", "", "unknown", "BPX-100"), (row["code"], row["mdc"], row["value"], row["status"], row["device"]));
        Assert.Equal("2026-03-14T07:43:15+01:00", row["effective"]);
        Assert.All(text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), line => Assert.Equal(19, line.Count(c => c == ',')));
    }

    [Fact]
    public async Task Csv_has_a_row_a_number_answer_and_bit()
    {
        AcquiredReading meal = Record(Cuff, "2026-03-14T07:45:06.5+01:00", new CodedValue(new MdcTerm(8417864, "MDC_CTXT_GLU_MEAL"), new MdcTerm(8417868, "MDC_CTXT_GLU_MEAL_PREPRANDIAL")));
        (ExportResult result, string csv) = await CsvAsync([BloodPressure(), meal]);
        Guid device = Samples.Encoder.ListDevices(Hub, [meal])[1].Id;
        RecordIdentity id = BloodPressure().Identity;
        string bp = $"final,BPX-100,{device},{id.High:x16}{id.Low:x16},,,,,,,,patient,";
        const string Times = "2026-03-14T07:43:15+01:00,2026-03-14T07:45:06+01:00";
        Assert.Equal(
            [
                CsvExport.Header,
                $"{Times},MDC_PRESS_BLD_NONINV_SYS,150021,128,mm[Hg],,{bp}",
                $"{Times},MDC_PRESS_BLD_NONINV_DIA,150022,83,mm[Hg],,{bp}",
                $"{Times},MDC_PRESS_BLD_NONINV_MEAN,150023,,,not-a-number,{bp}",
                $"{Times},MDC_PULS_RATE_NON_INV,149546,71,/min,,{bp}",
                $"{Times},body-movement,8410608.0,true,,,{bp}",
                $"{Times},irregular-pulse,8410608.2,true,,,{bp}",
            ],
            csv.Split("\r\n")[..7]);
        Assert.Contains("2026-03-14T07:45:06.5+01:00,MDC_CTXT_GLU_MEAL,8417864,MDC_CTXT_GLU_MEAL_PREPRANDIAL,,,final,", csv, StringComparison.Ordinal);
        Assert.Equal(new ExportResult(2, 7, 0), result);
    }

    [Fact]
    public async Task A_model_name_can_neither_break_a_row_nor_become_a_formula()
    {
        AcquiredReading record = BloodPressure();
        record = record with { Device = record.Device with { Information = new DeviceInformation { Model = "=1,\"x\"" } } };
        Assert.Contains(",\"'=1,\"\"x\"\"\",", (await CsvAsync([record])).Csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_has_the_same_columns_in_every_row()
    {
        string csv = (await CsvAsync(AllReadings.All)).Csv;
        Assert.StartsWith(
            "effective,received,code,mdc,value,unit,absent,status,device,device_id,record_id,lowest,highest,samples,seconds,sent_value,sent_unit,types,about,remarks\r\n", csv, StringComparison.Ordinal);
        Assert.All(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), row => Assert.Equal(19, row.Count(c => c == ',')));
    }

    /// <summary>Nothing that the FHIR export tells is missing: as many rows as numbers, answers and bits, of every kind that a decoder makes.</summary>
    [Fact]
    public async Task Csv_has_every_value_of_every_kind_with_its_own_digits()
    {
        (ExportResult result, string csv) = await CsvAsync(AllReadings.All);
        Dictionary<string, string>[] rows = Rows(csv);
        int expected = AllReadings.All.Sum(reading => reading.Reading.Values.Sum(value => value switch
        {
            CompoundNumericValue compound => compound.Components.Length,
            BitsEnumerationValue bits => bits.Bits.Length,
            _ => 1,
        }));
        Assert.Equal(expected, rows.Length);
        Assert.Equal(expected, result.Observations);
        Assert.All(rows, row => Assert.True(row["value"].Length > 0 ^ row["absent"].Length > 0, string.Join(',', row.Values)));
        Assert.All(rows, row => Assert.True(row["code"].Length > 0 || row["mdc"].Length > 0));
        NumericValue[] numbers = [.. AllReadings.All.SelectMany(reading => reading.Reading.Values).OfType<NumericValue>()];
        Assert.Equal(numbers.Count(number => number.Range is not null), rows.Count(row => row["lowest"].Length > 0 && row["highest"].Length > 0));
        Assert.Equal(numbers.Count(number => number.Duration is not null), rows.Count(row => row["seconds"].Length > 0));
        Assert.Equal(numbers.Count(number => number.SupplementalTypes.Length > 0), rows.Count(row => row["types"].Length > 0));
        int converted = AllReadings.All.SelectMany(reading => reading.Reading.Values).OfType<CompoundNumericValue>()
            .Sum(compound => compound.Components.Count(component => component.Original is { IsPresent: true }));
        Assert.Equal(converted, rows.Count(row => row["sent_value"].Length > 0 && row["sent_unit"].Length > 0));
        Assert.True(numbers.Any(number => number.Range is not null) && converted > 0 && rows.Any(row => row["about"] == "device"), "a kind is missing among the readings");
    }

    [Fact]
    public async Task Csv_tells_a_mean_with_what_it_was_made_from_and_a_converted_number_as_it_was_sent()
    {
        byte[] minute = StreamMinute.Pack([[0x00, 0x48], [0x00, 0x4C], [0x00, 0x4A]], TimeSpan.FromSeconds(58.5));
        AcquiredReading heart = BloodPressure() with { Characteristic = 0x2A37, Octets = minute, Context = new SessionContext { IsMinute = true } };
        Dictionary<string, string> row = Rows((await CsvAsync([heart])).Csv)[0];
        Assert.Equal(("74", "72", "76", "3", "58.5"), (row["value"], row["lowest"], row["highest"], row["samples"], row["seconds"]));

        // 16.0/11.0 kPa, no mean.
        AcquiredReading pressure = BloodPressure() with { Octets = Convert.FromHexString("01A0F06EF0FF07") };
        Dictionary<string, string>[] rows = Rows((await CsvAsync([pressure])).Csv);
        Assert.Equal(("120", "mm[Hg]", "16.0", "kPa"), (rows[0]["value"], rows[0]["unit"], rows[0]["sent_value"], rows[0]["sent_unit"]));
    }

    [Fact]
    public async Task Csv_says_what_is_to_be_known_before_a_number_is_believed()
    {
        AcquiredReading entered = BloodPressure() with { Context = new SessionContext { IsEnteredByHand = true } };
        Assert.All(Rows((await CsvAsync([entered])).Csv), row => Assert.Equal("entered-by-hand", row["remarks"]));
        AcquiredReading doubtful = BloodPressure() with
        {
            IsTakenBack = true, Effective = new EffectiveTime(BloodPressure().ReceivedAt, StampUse.NotUsable),
            Reading = BloodPressure().Reading with { Status = MeasurementStatus.Questionable | MeasurementStatus.TestData },
        };
        Assert.All(Rows((await CsvAsync([doubtful])).Csv), row => Assert.Equal("questionable test-data time-of-reception taken-back", row["remarks"]));
        AcquiredReading unnamed = Record(Cuff, "2026-03-14T07:45:06+01:00", new CodedValue(new MdcTerm(8417864, ""), new MdcTerm(8417999, "")));
        Assert.Equal("8417999", Rows((await CsvAsync([unnamed])).Csv)[0]["value"]);
    }

    /// <summary>An export in which a reading is missing that nobody understands any more, in one line.</summary>
    internal static async Task<string> IncompleteAsync() =>
        (await BundleAsync([BloodPressure() with { Octets = [1, 2], Reading = null! }, BloodPressure()])).Json.Replace("\n", "", StringComparison.Ordinal);

    /// <summary>Rows by column; no field of these has a comma.</summary>
    private static Dictionary<string, string>[] Rows(string csv)
    {
        string[] columns = CsvExport.Header.Split(',');
        return [.. csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(row => columns.Zip(row.Split(',')).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static async Task<(ExportResult Result, string Json)> BundleAsync(IEnumerable<AcquiredReading> readings)
    {
        using var output = new MemoryStream();
        ExportResult result = await new FhirExport(Samples.Encoder).WriteBundleAsync(Hub, readings.ToAsyncEnumerable(), output, CancellationToken.None);
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }

    private static async Task<(ExportResult Result, string Csv)> CsvAsync(IEnumerable<AcquiredReading> readings)
    {
        using var output = new MemoryStream();
        ExportResult result = await new CsvExport(Samples.Encoder).WriteAsync(Hub, readings.ToAsyncEnumerable(), output, CancellationToken.None);
        return (result, Encoding.UTF8.GetString(output.ToArray()));
    }
}
