using System.Buffers;
using System.Text;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Capture.Anonymising;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Capture.Anonymising;

public sealed class CaptureAnonymiserTests
{
    public static TheoryData<int> Captures => [.. Enumerable.Range(1, 40)];

    public static TheoryData<string> Decoded => [.. ProfileRegistry.All.SelectMany(profile => profile.Decoders).Select(decoder => decoder.Characteristic.ToString())];

    [Theory]
    [MemberData(nameof(Decoded))]
    public void Where_dates_stand_is_known_of_every_characteristic_that_is_decoded(string characteristic) =>
        Assert.True(
            StampPlaces.Find(BluetoothUuid.Parse(characteristic)) is not null,
            $"Say in StampPlaces where dates stand in {characteristic}, or that there are none: until then a capture of it can't be made anonymous.");

    [Theory]
    [MemberData(nameof(Captures))]
    public void Nobody_and_no_day_is_found_in_the_output(int seed)
    {
        int days = DaysOf(seed);
        DevicePayload[] capture = CaptureVectors.Capture(seed);
        string output = Write(CaptureAnonymiser.Anonymise(capture, new DateShift(days)).Payloads);
        string[] sought =
        [
            CaptureVectors.Serial, Convert.ToHexString(Encoding.UTF8.GetBytes(CaptureVectors.Serial)), CaptureVectors.SystemId, Reversed(CaptureVectors.SystemId),
            .. CaptureVectors.Addresses, .. CaptureVectors.Addresses.Select(Plain), .. CaptureVectors.Addresses.Select(address => Reversed(Plain(address))),
            .. CaptureVectors.Addresses.Select(address => Convert.ToHexString(Encoding.UTF8.GetBytes(Plain(address)))),
            .. CaptureVectors.Patients.Select(patient => patient.Value), "maria", "4fe2a1",
            .. capture.Select(payload => payload.Payload.ReceivedAt.ToString("yyyy-MM-dd", null)).Distinct(),
        ];
        Assert.All(sought, one => Assert.DoesNotContain(one, output, StringComparison.OrdinalIgnoreCase));
        foreach ((DevicePayload before, DevicePayload after) in Pairs(capture, days))
        {
            string hex = Convert.ToHexString(after.Payload.Octets.Span);
            Assert.All(CaptureVectors.DatesIn(before.Payload.Characteristic, before.Payload.Octets.ToArray()), date => Assert.DoesNotContain(
                $"{date.Year & 0xFF:X2}{date.Year >> 8:X2}{date.Month:X2}{date.Day:X2}", hex, StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void It_decodes_to_the_same_readings_with_their_times_moved(int seed)
    {
        int days = DaysOf(seed);
        (DevicePayload Before, DevicePayload After)[] pairs = [.. Pairs(CaptureVectors.Capture(seed), days)];
        Assert.InRange(pairs.Length, 150, 416);
        string[] before = Decode(pairs.Select(pair => pair.Before), days), after = Decode(Reread(pairs.Select(pair => pair.After)), 0);
        Assert.Equal(before, after);
        Assert.True(after.Count(text => text.Length > 0) > 50, "Hardly anything was decoded.");
    }

    [Theory]
    [MemberData(nameof(Captures))]
    public void Order_and_distances_of_reception_stay(int seed)
    {
        int days = DaysOf(seed);
        foreach ((DevicePayload before, DevicePayload after) in Pairs(CaptureVectors.Capture(seed), days))
        {
            Assert.Equal(TimeSpan.FromDays(days), before.Payload.ReceivedAt - after.Payload.ReceivedAt);
            Assert.Equal(before.Payload.ReceivedAt.Offset, after.Payload.ReceivedAt.Offset);
            Assert.Equal(before.Clock?.ReadAt.AddDays(-days), after.Clock?.ReadAt);
            Assert.Equal(before.Operation, after.Operation);
        }
    }

    [Fact]
    public void Nothing_that_is_understood_and_has_a_date_of_our_time_is_left_out()
    {
        const int Days = 1_000;
        DevicePayload[] capture =
        [
            .. CaptureVectors.All
                .Where(vector => !CaptureVectors.IsTooEarly(vector.Uuid, vector.Octets, Days))
                .Where(vector => vector.Uuid.Short is not null && ProfileRegistry.Decode(vector.Uuid, vector.Octets, SessionContext.Empty).Error is null)
                .Where(vector => CaptureVectors.DatesIn(vector.Uuid, vector.Octets).All(date => date.Year is >= 1600 and <= 9999))
                .Select(vector => Payload(vector.Uuid, vector.Octets)),
        ];
        Assert.True(capture.Length > 200);
        AnonymisedCapture anonymised = CaptureAnonymiser.Anonymise(capture, new DateShift(Days));
        Assert.DoesNotContain(anonymised.LeftOut, left => left.Reason != LeftOutReason.DateNotMovable);
        Assert.InRange(anonymised.LeftOut.Sum(left => left.Count), 0, 3);
        Assert.Equal(capture.Length, anonymised.Payloads.Count + anonymised.LeftOut.Sum(left => left.Count));
    }

    [Theory]
    [InlineData("2A4D", "0102", LeftOutReason.NotKnown)]
    [InlineData("0000fff1-0000-1000-8000-00805f9b34fb", "01", LeftOutReason.NotKnown)]
    [InlineData("2A35", "1E80004B005D00E60708040D310050000000", LeftOutReason.NotUnderstood)]
    [InlineData("2A35", "1E80004B005D00E60708040D3100500000000000", LeftOutReason.NotUnderstood)]
    [InlineData("2A08", "0100030E0A0000", LeftOutReason.DateNotMovable)]
    [InlineData("2BF2", "2080510100000000000000", LeftOutReason.DateNotMovable)]
    [InlineData("2A52", "01030200E6070804000000", LeftOutReason.NotUnderstood)]
    [InlineData("2A52", "", LeftOutReason.NotUnderstood)]
    [InlineData("2A24", "4D2D313233342D6162", LeftOutReason.HoldsIdentity)]
    public void What_may_tell_of_somebody_is_left_out_and_counted(string characteristic, string hex, LeftOutReason reason)
    {
        BluetoothUuid uuid = BluetoothUuid.Parse(characteristic);
        DevicePayload payload = Payload(uuid, Convert.FromHexString(hex), serial: "1234-AB");
        AnonymisedCapture anonymised = CaptureAnonymiser.Anonymise([payload, payload], new DateShift(500));
        Assert.Empty(anonymised.Payloads);
        Assert.Equal(new LeftOut(uuid, reason, 2), Assert.Single(anonymised.LeftOut));
    }

    [Theory]
    [InlineData("0101")]
    [InlineData("010301D204")]
    [InlineData("06000101")]
    [InlineData("05000D02")]
    public void What_is_asked_and_answered_at_the_control_point_stays(string hex)
    {
        DevicePayload payload = Payload(0x2A52, Convert.FromHexString(hex)) with { Operation = CaptureOperation.Written };
        DevicePayload kept = Assert.Single(CaptureAnonymiser.Anonymise([payload], new DateShift(500)).Payloads);
        Assert.Equal((hex, CaptureOperation.Written), (Convert.ToHexString(kept.Payload.Octets.Span), kept.Operation));
    }

    [Theory]
    [InlineData(AddressType.Public, "48:70:1E:AB:CD:EF", "02:00:00:00:00:01")]
    [InlineData(AddressType.Random, "F0:70:1E:AB:CD:EF", "C2:00:00:00:00:01")]
    [InlineData(AddressType.Random, "7A:10:20:30:40:50", "42:00:00:00:00:01")]
    public void A_replaced_address_is_of_the_same_kind(AddressType type, string address, string expected)
    {
        DevicePayload payload = Payload(0x2A19, [50]);
        payload = payload with { Device = payload.Device with { Address = address, AddressType = type } };
        DeviceDescriptor device = Assert.Single(CaptureAnonymiser.Anonymise([payload], new DateShift(500)).Payloads).Device;
        Assert.Equal((expected, payload.Device.HasStableAddress), (device.Address, device.HasStableAddress));
    }

    private static int DaysOf(int seed) => new Random(seed * 31).Next(DateShift.MinDays, DateShift.MaxDays + 1);

    private static DevicePayload Payload(BluetoothUuid uuid, byte[] octets, string? serial = null) => new(
        null,
        CaptureVectors.Patients[0],
        new DeviceDescriptor { Address = CaptureVectors.Addresses[0], Information = new DeviceInformation { Serial = serial } },
        null,
        new IncomingPayload(0x1810, uuid, octets, new DateTimeOffset(2024, 7, 30, 22, 15, 7, TimeSpan.Zero)));

    /// <summary>What is kept, beside what it was: times of reception are all different, so they tell which is which.</summary>
    private static IEnumerable<(DevicePayload Before, DevicePayload After)> Pairs(DevicePayload[] capture, int days)
    {
        Dictionary<DateTimeOffset, DevicePayload> byTime = capture.ToDictionary(payload => payload.Payload.ReceivedAt);
        return CaptureAnonymiser.Anonymise(capture, new DateShift(days)).Payloads.Select(after => (byTime[after.Payload.ReceivedAt.AddDays(days)], after));
    }

    private static string[] Decode(IEnumerable<DevicePayload> capture, int days)
    {
        var sessions = new OpenSessions(HubZone.OfReception, 100);
        return [.. capture.Select(payload => Describe(sessions.Of(payload).Accept(payload.Payload), new DateShift(days)))];
    }

    private static string Describe(SessionOutcome outcome, DateShift shift) =>
        outcome.Rejected?.Error.ToString() ?? string.Join('\n', outcome.Readings.Select(reading => Describe(reading, shift)));

    private static string Describe(AcquiredReading reading, DateShift shift) =>
        $"{reading.Effective.Instant.AddDays(-shift.Days):O} {reading.Effective.Use} {reading.ReceivedAt.AddDays(-shift.Days):O} stamp {Moved(reading.Stamp, shift)} "
        + $"{reading.Stamp?.OffsetQuarters} clock {reading.ClockCheck?.ReadAt.AddDays(-shift.Days):O} {Moved(reading.ClockCheck?.DeviceTime, shift)} "
        + $"of {reading.Reading.SequenceNumber} {reading.Reading.UserIndex} {reading.Reading.Status} {reading.Reading.ClockFault} {reading.Reading.Octets} "
        + $"{reading.MeasurementCode} {reading.IdentifierTaken} {string.Join(", ", reading.Reading.Values.Select(value => JsonSerializer.Serialize<object>(Moved(value, shift))))}";

    private static ReadingValue Moved(ReadingValue value, DateShift shift) => value is SampledValue waveform
        ? waveform with { LastAtNanoseconds = waveform.LastAtNanoseconds - (ulong)(TimeSpan.FromDays(shift.Days).Ticks * TimeSpan.NanosecondsPerTick) }
        : value;

    private static string Moved(PhdTimestamp? stamp, DateShift shift) =>
        stamp is not { } there ? "none" : shift.Days == 0 ? there.ToString() : shift.TryMove(there, out PhdTimestamp moved) ? moved.ToString() : "not movable";

    private static IEnumerable<DevicePayload> Reread(IEnumerable<DevicePayload> capture) => Write([.. capture]).Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select((line, i) => CaptureLine.Parse(Encoding.UTF8.GetBytes(line), i + 1).Payload!);

    private static string Write(IReadOnlyList<DevicePayload> capture)
    {
        var output = new ArrayBufferWriter<byte>();
        foreach (DevicePayload payload in capture)
        {
            CaptureLineWriter.Write(payload, output);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Plain(string address) => address.Replace(":", "", StringComparison.Ordinal);

    private static string Reversed(string hex) => Convert.ToHexString([.. Convert.FromHexString(hex).Reverse()]);
}
