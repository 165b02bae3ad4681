using System.Text;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
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
        Assert.Equal(JsonValueKind.Array, Encoded.Parse(json).GetProperty("entry").ValueKind);
        Assert.Equal(1, (await CsvAsync([broken, BloodPressure()])).Result.Undecodable);
    }

    [Fact]
    public async Task Csv_has_a_row_a_number_answer_and_bit()
    {
        AcquiredReading meal = Record(Cuff, "2026-03-14T07:45:06.5+01:00", new CodedValue(new MdcTerm(8417864, "MDC_CTXT_GLU_MEAL"), new MdcTerm(8417868, "MDC_CTXT_GLU_MEAL_PREPRANDIAL")));
        (ExportResult result, string csv) = await CsvAsync([BloodPressure(), meal]);
        Guid device = Samples.Encoder.ListDevices(Hub, [meal])[1].Id;
        RecordIdentity id = BloodPressure().Identity;
        string bp = $"final,BPX-100,{device},{id.High:x16}{id.Low:x16}";
        const string Times = "2026-03-14T07:43:15+01:00,2026-03-14T07:45:06+01:00";
        Assert.Equal(
            [
                "effective,received,code,mdc,value,unit,absent,status,device,device_id,record_id",
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
        Assert.All(csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries), row => Assert.Equal(10, row.Count(c => c == ',')));
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
