using System.Text.Json;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.OmronMemory;

/// <summary>Slots without their frame, as captured, and what can't be a record.</summary>
public class OmronRecordTests
{
    [Theory]
    [InlineData("EEPROM-14-01", OmronLayout.LittleEndian)]
    [InlineData("EEPROM-14-02", OmronLayout.LittleEndian)]
    [InlineData("EEPROM-14-05", OmronLayout.BigEndian)]
    public void A_captured_slot_reads_as_its_source_says(string id, OmronLayout layout)
    {
        GattVector vector = GattVectors.Get(id);
        Assert.True(OmronRecord.TryRead(vector.Octets, layout, out OmronRecord record, out _, out _));
        IReadOnlyDictionary<string, JsonElement> expected = vector.Expected;
        Assert.Equal(
            (expected["systolic"].GetInt32(), expected["diastolic"].GetInt32(), expected["pulse_bpm"].GetInt32()),
            (record.Systolic, record.Diastolic, (int)record.PulseRate));
        Assert.Equal(expected.TryGetValue("timestamp", out JsonElement stamp) ? stamp.GetString() : "2026-06-14T23:45:02", record.Timestamp.ToString());
    }

    [Theory]
    [InlineData("EEPROM-14-03")]
    [InlineData("EEPROM-14-04")]
    public void A_slot_that_was_never_written_is_empty(string id) => Assert.True(OmronRecord.IsEmpty(GattVectors.Get(id).Octets));

    [Theory]
    [InlineData("E258541A331ADE180000", "Systolic", 0)]
    [InlineData("6500541A331ADE180000", "Diastolic", 1)]
    [InlineData("6558541A3302DE180000", "Time Stamp", 4)]
    [InlineData("6558541A1F1ADE180000", "Time Stamp", 4)]
    [InlineData("6558541A337ADE180000", "Time Stamp", 4)]
    [InlineData("6558541A331ADE1F0000", "Time Stamp", 4)]
    public void What_can_not_be_is_no_record(string hex, string expected, int at)
    {
        Assert.False(OmronRecord.TryRead(Payload.Octets(hex), OmronLayout.LittleEndian, out _, out string field, out int offset));
        Assert.Equal((expected, at), (field, offset));
    }

    [Fact]
    public void Seconds_beyond_a_minute_are_its_last()
    {
        Assert.True(OmronRecord.TryRead(Payload.Octets("6558541A331AFF180000"), OmronLayout.LittleEndian, out OmronRecord record, out _, out _));
        Assert.Equal(new PhdTimestamp(2026, 6, 17, 19, 35, 59), record.Timestamp);
    }

    [Theory]
    [InlineData("331A", "")]
    [InlineData("339A", "0")]
    [InlineData("335A", "2")]
    [InlineData("33DA", "0 2")]
    public void Movement_and_irregular_pulse_are_told_where_they_were_seen(string date, string bits)
    {
        byte[] frame = Frame(0x02E8, $"655854 1A {date} DE18 00004C00BA00");
        Reading reading = Assert.Single(ProfileRegistry.Decode(OmronMemoryProfile.AnswerUuid, frame, new() { OmronModel = "HEM-7142T2" }).Readings);
        Assert.Equal(bits, string.Join(' ', reading.Values.OfType<BitsEnumerationValue>().SelectMany(value => value.Bits).Select(bit => bit.Bit)));
    }

    [Fact]
    public void The_same_address_is_another_users_in_another_model()
    {
        const string slot = "655854 1A 331A DE18 00004C00BA000000";
        Assert.Equal((byte)2, UserOf("HEM-7155T", Frame(0x0458, slot)));
        Assert.Equal((byte)1, UserOf("HEM-7361T", Frame(0x0458, slot)));
        Assert.Equal((byte)2, UserOf("HEM-7361T", Frame(0x06D8, slot)));
    }

    [Fact]
    public void Without_a_known_model_a_slot_is_kept_and_not_told()
    {
        DecodeResult result = ProfileRegistry.Decode(OmronMemoryProfile.AnswerUuid, GattVectors.Get("OMRON-S1").Octets, SessionContext.Empty);
        Assert.Equal(new DecodeError(DecodeErrorCode.UnknownCharacteristic, OmronMemoryProfile.AnswerUuid, "memory map of the model", 0), result.Error);
    }

    [Fact]
    public void The_model_number_tells_the_map()
    {
        DecodeResult result = ProfileRegistry.Decode(0x2A24, "HEM-7361T"u8, SessionContext.Empty);
        Assert.Equal(("HEM-7361T", "HEM-7361T"), (result.Device?.Model, result.Context?.OmronModel));
        Assert.Null(ProfileRegistry.Decode(0x2A24, "HEM-0000"u8, SessionContext.Empty).Context);
    }

    /// <summary>An answer around a slot, by the layout in the README.</summary>
    internal static byte[] Frame(ushort address, string hex)
    {
        byte[] data = Payload.Octets(hex);
        byte[] frame = [(byte)(data.Length + 8), 0x81, 0x00, (byte)(address >> 8), (byte)address, (byte)data.Length, .. data, 0x00, 0x00];
        frame[^1] = frame.Aggregate((byte)0, (parity, octet) => (byte)(parity ^ octet));
        return frame;
    }

    private static byte? UserOf(string model, byte[] frame) =>
        Assert.Single(ProfileRegistry.Decode(OmronMemoryProfile.AnswerUuid, frame, new() { OmronModel = model }).Readings).UserIndex;
}
