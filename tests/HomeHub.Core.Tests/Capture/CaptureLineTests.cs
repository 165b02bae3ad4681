using System.Buffers;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Capture;

public sealed class CaptureLineTests
{
    private const string Device = """{"address":"c0:ff:ee:00:00:01"}""";

    [Fact]
    public void A_full_line_is_read()
    {
        SourceItem item = Parse("""
            {"service":"1810","characteristic":"2A35","hex":"1e80","receivedAt":"2026-11-22T10:00:00.250+01:00","patient":"Patient/p1","session":"s1",
             "note":"passed over","device":{"address":"C0:FF:EE:00:00:01","addressType":"random","systemId":"332211FEFFAABBCC","manufacturer":"Example",
             "model":"BPX","serial":"A1","firmware":"2.3.1","clock":{"deviceTime":"2026-11-22T09:58:30","readAt":"2026-11-22T10:00:00+01:00"}}}
            """);
        DevicePayload payload = item.Payload!;
        Assert.Equal("s1", payload.Session);
        Assert.Equal("Patient/p1", payload.Patient.Key);
        Assert.Equal("CCBBAAFFFE112233", payload.Device.Information.SystemId);
        Assert.Equal(AddressType.Random, payload.Device.AddressType);
        Assert.Equal("BPX", payload.Device.Information.Model);
        Assert.True(payload.Device.HasReadableClock);
        Assert.Equal(new PhdTimestamp(2026, 11, 22, 9, 58, 30), payload.Clock!.DeviceTime);
        Assert.Equal([0x1E, 0x80], payload.Payload.Octets.ToArray());
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 10, 0, 0, 250, TimeSpan.FromHours(1)), payload.Payload.ReceivedAt);
    }

    [Theory]
    [InlineData("read", true)]
    [InlineData("notified", true)]
    [InlineData("written", false)]
    [InlineData("answered", false)]
    public void How_a_value_came_about_is_read_and_written(string operation, bool isDecoded)
    {
        DevicePayload payload = Parse(Line().Replace("\"hex\"", $"\"operation\":\"{operation}\",\"hex\"", StringComparison.Ordinal)).Payload!;
        Assert.Equal((operation, isDecoded), (payload.Operation.ToWire(), payload.IsDecoded));
        var output = new ArrayBufferWriter<byte>();
        CaptureLineWriter.Write(payload, output);
        Assert.Contains($"\"operation\":\"{operation}\"", Encoding.UTF8.GetString(output.WrittenSpan), StringComparison.Ordinal);
    }

    [Fact]
    public void Another_way_for_a_value_to_come_about_is_an_error() =>
        Assert.Equal("operation", Parse(Line().Replace("\"hex\"", "\"operation\":\"guessed\",\"hex\"", StringComparison.Ordinal)).Error!.Value.Field);

    [Theory]
    [InlineData("2026-11-22T09:58:30-03:30")]
    [InlineData("2026-11-22T09:58:30")]
    [InlineData("0000-00-00T00:00:00")]
    public void What_a_clock_showed_is_written_as_it_is_read(string shown)
    {
        string device = $$$"""{"address":"C0:FF:EE:00:00:01","clock":{"deviceTime":"{{{shown}}}","readAt":"2026-11-22T10:00:00+01:00"}}""";
        var output = new ArrayBufferWriter<byte>();
        CaptureLineWriter.Write(Parse(Line(device: device)).Payload!, output);
        using var written = System.Text.Json.JsonDocument.Parse(output.WrittenMemory);
        Assert.Equal(shown, written.RootElement.GetProperty("device").GetProperty("clock").GetProperty("deviceTime").GetString());
    }

    [Fact]
    public void A_UUID_on_the_Bluetooth_base_is_the_same_as_its_16_bits()
    {
        SourceItem item = Parse(Line(characteristic: "\"00002a35-0000-1000-8000-00805F9B34FB\""));
        Assert.Equal(BluetoothUuid.Of(0x2A35), item.Payload!.Payload.Characteristic);
    }

    [Fact]
    public void A_vendors_UUID_is_read_with_all_its_bits()
    {
        const string uuid = "fb005c82-02e7-f387-1cad-8acd2d8df0c8";
        SourceItem item = Parse(Line(service: "\"FB005C80-02E7-F387-1CAD-8ACD2D8DF0C8\"", characteristic: $"\"{uuid}\""));
        Assert.Equal("fb005c80-02e7-f387-1cad-8acd2d8df0c8", item.Payload!.Payload.Service.ToString());
        Assert.Equal(uuid, item.Payload.Payload.Characteristic.ToString());
        Assert.False(item.Payload.Payload.IsAdvertised);
    }

    [Fact]
    public void Service_data_of_an_advertisement_has_its_service_in_both_places() =>
        Assert.True(Parse(Line(service: "\"181D\"", characteristic: "\"181D\"")).Payload!.Payload.IsAdvertised);

    [Fact]
    public void A_clock_that_is_no_date_is_a_fault() => Assert.True(
        Parse(Line(device: """{"address":"C0:FF:EE:00:00:01","clock":{"deviceTime":"2026-02-31T09:58:30","readAt":"2026-11-22T10:00:00+01:00"}}"""))
            .Payload!.Clock!.IsFault);

    [Theory]
    [InlineData("", DecodeErrorCode.NotJson, "line", 0)]
    [InlineData("{", DecodeErrorCode.NotJson, "line", 1)]
    [InlineData("{\"hex\":00}", DecodeErrorCode.NotJson, "line", 8)]
    [InlineData("{\"patient\":\"\\ud800\"}", DecodeErrorCode.NotJson, "line", 0)]
    [InlineData("[]", DecodeErrorCode.InvalidLine, "line", 0)]
    [InlineData("{}", DecodeErrorCode.InvalidLine, "service", 0)]
    public void What_is_no_line_is_named(string line, DecodeErrorCode code, string field, int offset)
    {
        SourceItem item = Parse(line);
        Assert.Null(item.Payload);
        Assert.Equal((code, field, offset), (item.Error!.Value.Code, item.Error.Value.Field, item.Error.Value.Offset));
    }

    [Fact]
    public void A_bad_line_about_a_characteristic_names_it() =>
        Assert.Equal(BluetoothUuid.Of(0x2A35), Parse(Line(hex: "\"zz\"")).Error!.Value.Characteristic);

    [Theory]
    [InlineData("service", "\"18\"")]
    [InlineData("service", "6160")]
    [InlineData("characteristic", "\"2A3G\"")]
    [InlineData("hex", "\"1\"")]
    [InlineData("hex", "\"zz\"")]
    [InlineData("hex", "null")]
    [InlineData("receivedAt", "\"2026-11-22T10:00:00\"")]
    [InlineData("receivedAt", "\"yesterday\"")]
    [InlineData("receivedAt", "\"2026-13-22T10:00:00+01:00\"")]
    [InlineData("patient", "\"p1\"")]
    [InlineData("session", "7")]
    [InlineData("device", "\"C0:FF\"")]
    [InlineData("device.address", """{"address":"C0FFEE000001"}""")]
    [InlineData("device.addressType", """{"address":"C0:FF:EE:00:00:01","addressType":"static"}""")]
    [InlineData("device.systemId", """{"address":"C0:FF:EE:00:00:01","systemId":"33"}""")]
    [InlineData("device.clock", """{"address":"C0:FF:EE:00:00:01","clock":1}""")]
    [InlineData("device.clock.deviceTime", """{"address":"C0:FF:EE:00:00:01","clock":{"deviceTime":"2026","readAt":"2026-11-22T10:00:00Z"}}""")]
    [InlineData("device.clock.readAt", """{"address":"C0:FF:EE:00:00:01","clock":{"deviceTime":"2026-11-22T09:58:30"}}""")]
    public void The_field_that_can_not_be_read_is_named(string field, string json)
    {
        string line = field switch
        {
            "service" => Line(service: json),
            "characteristic" => Line(characteristic: json),
            "hex" => Line(hex: json),
            "receivedAt" => Line(receivedAt: json),
            "patient" => Line(patient: json),
            "session" => Line(session: json),
            _ => Line(device: json),
        };
        SourceItem item = Parse(line);
        Assert.Null(item.Payload);
        Assert.Equal((DecodeErrorCode.InvalidLine, field), (item.Error!.Value.Code, item.Error.Value.Field));
    }

    [Fact]
    public void An_overlong_line_is_refused() =>
        Assert.Equal(DecodeErrorCode.InvalidLine, Parse(new string(' ', CaptureLine.MaxLineBytes + 1)).Error!.Value.Code);

    [Fact]
    public void An_empty_payload_is_a_line_like_any_other() => Assert.Empty(Parse(Line(hex: "\"\"")).Payload!.Payload.Octets.ToArray());

    private static SourceItem Parse(string line) => CaptureLine.Parse(Encoding.UTF8.GetBytes(line), 1);

    private static string Line(
        string service = "\"1810\"",
        string characteristic = "\"2A35\"",
        string hex = "\"00\"",
        string receivedAt = "\"2026-11-22T10:00:00+01:00\"",
        string patient = "\"Patient/p1\"",
        string session = "null",
        string device = Device) =>
        $$"""{"service":{{service}},"characteristic":{{characteristic}},"hex":{{hex}},"receivedAt":{{receivedAt}},"patient":{{patient}},"session":{{session}},"device":{{device}}}""";
}
