using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.TaiDocMeter;

/// <summary>Requests as captured, the course of a reading, and records that are none.</summary>
public class TaiDocMeterTests
{
    private static readonly byte[] Record = GattVectors.Get("TAIDOC-S1").Octets;

    /// <summary>What whizconnect's ForaIR40 writes.</summary>
    [Theory]
    [InlineData(TaiDocFrame.RecordTime, "512500000000A319")]
    [InlineData(TaiDocFrame.RecordValue, "512600000000A31A")]
    public void Requests_are_those_that_were_captured(byte command, string hex) => Assert.Equal(hex, Convert.ToHexString(TaiDocFrame.Request(command)));

    [Fact]
    public void Is_whole_only_as_it_is() => Payload.MustBeWholeOnlyAsItIs(TaiDocMeterProfile.AnswerUuid, Convert.ToHexString(Record));

    [Theory]
    [InlineData("00 00", "Glucose", 18)]
    [InlineData("FF 00", "Glucose", 18)]
    public void What_is_no_concentration_is_kept_and_not_told(string value, string field, int offset)
    {
        byte[] record = [.. Record[..16], .. Answer(0x26, $"{value} 0000")];
        Payload.MustBeRejected(TaiDocMeterProfile.AnswerUuid, Convert.ToHexString(record), DecodeErrorCode.FieldOutOfRange, field, offset);
    }

    /// <summary>4 and a high octet of 1 are 260 to one source, and a mean of 1 to the others.</summary>
    [Theory]
    [InlineData("04 01 50 42", false)]
    [InlineData("78 5D 50 42", true)]
    [InlineData("78 79 50 42", false)]
    [InlineData("78 00 50 42", true)]
    public void A_systolic_pressure_beside_what_is_no_mean_is_doubtful(string value, bool isTold)
    {
        byte[] monitor = GattVectors.Get("TAIDOC-S5").Octets;
        byte[] record = [.. monitor[..16], .. Answer(0x26, value)];
        DecodeError? error = ProfileRegistry.Decode(TaiDocMeterProfile.AnswerUuid, record, SessionContext.Empty).Error;
        Assert.Equal(isTold ? null : "Mean", error?.Field);
    }

    [Fact]
    public void A_single_wrong_octet_rejects_a_record()
    {
        for (int i = 0; i < Record.Length; i++)
        {
            byte[] wrong = [.. Record];
            wrong[i] ^= 0x20;
            Assert.NotNull(ProfileRegistry.Decode(TaiDocMeterProfile.AnswerUuid, wrong, SessionContext.Empty).Error);
        }
    }

    [Fact]
    public void All_records_are_read_each_with_its_model()
    {
        var reading = new TaiDocMemoryRead(user: 2);
        List<byte[]> records = [];
        var users = new HashSet<byte>();
        while (reading.Request() is { } request)
        {
            users.Add(request[5]);
            records.AddRange(reading.Accept(AnswerTo(request, count: 3)) is { } record ? [record] : []);
        }

        Assert.True(reading.IsComplete);
        Assert.Equal([0, 2], users.Order().Select(user => (int)user));
        Assert.Equal([100, 101, 102], records.Select(record => ValueOf(record)));
    }

    [Fact]
    public void An_answer_that_was_cut_short_is_asked_for_once_more()
    {
        var exchange = new TaiDocExchange();
        byte[] answer = AnswerTo(exchange.Next()!.Value.Octets, count: 1);
        Assert.Empty(exchange.Accept(TaiDocMeterProfile.AnswerUuid, answer.AsSpan(0, 7)));
        Assert.False(exchange.IsAnswered);
        Assert.Equal(TaiDocFrame.Model, exchange.Next()!.Value.Octets[1]);
        Assert.Empty(exchange.Accept(TaiDocMeterProfile.AnswerUuid, answer));
        Assert.Equal(TaiDocFrame.RecordCount, exchange.Next()!.Value.Octets[1]);
    }

    [Fact]
    public void An_empty_meter_is_read_at_once()
    {
        var reading = new TaiDocMemoryRead();
        while (reading.Request() is { } request)
        {
            Assert.Null(reading.Accept(AnswerTo(request, count: 0)));
        }

        Assert.True(reading.IsComplete);
    }

    [Fact]
    public void Silence_and_damage_end_the_reading_in_time()
    {
        var reading = new TaiDocMemoryRead();
        int requests = 0;
        while (reading.Request() is { } request)
        {
            requests++;
            byte[] damaged = AnswerTo(request, count: 1);
            damaged[7] ^= 1;
            Assert.Null(reading.Accept(damaged));
        }

        Assert.Equal((TaiDocMemoryRead.MaxTries, true, false), (requests, reading.HasFailed, reading.IsComplete));
    }

    [Fact]
    public void A_meter_that_claims_too_many_records_is_bounded()
    {
        var reading = new TaiDocMemoryRead();
        reading.Request();
        reading.Accept(Answer(0x24, "5542 0000"));
        reading.Request();
        reading.Accept(Answer(0x2B, "FFFF 0000"));
        Assert.Equal(TaiDocMemoryRead.MaxRecords, reading.Records);
    }

    [Fact]
    public void A_meter_that_claims_too_many_records_is_not_read_completely()
    {
        var reading = new TaiDocMemoryRead();
        int told = 0;
        while (reading.Request() is { } request)
        {
            byte[] time = Answer(0x25, $"6E34 {request[2] % 60:X2} {request[3]:X2}");
            byte[] answer = request[1] switch
            {
                TaiDocFrame.RecordCount => Answer(0x2B, "E903 0000"),
                TaiDocFrame.RecordTime => time,
                TaiDocFrame.RecordValue => Answer(0x26, $"{request[2]:X2}{request[3]:X2} 0000"),
                _ => AnswerTo(request, count: 0),
            };
            told += reading.Accept(answer) is null ? 0 : 1;
        }

        Assert.Equal((TaiDocMemoryRead.MaxRecords, true, false), (told, reading.HasFailed, reading.IsComplete));
    }

    [Fact]
    public void The_second_of_two_alike_has_a_one_behind_its_octets()
    {
        byte[] second = [.. Record, 1];
        DecodeResult told = ProfileRegistry.Decode(TaiDocMeterProfile.AnswerUuid, second, SessionContext.Empty);
        Assert.Equal(second.Length, Assert.Single(told.Readings).Octets.GetOffsetAndLength(second.Length).Length);
        foreach (byte no in (byte[])[0, 9])
        {
            Payload.MustBeRejected(TaiDocMeterProfile.AnswerUuid, Convert.ToHexString([.. Record, no]), DecodeErrorCode.TrailingOctets, "end of payload", Record.Length);
        }

        Payload.MustBeRejected(TaiDocMeterProfile.AnswerUuid, Convert.ToHexString([.. second, 1]), DecodeErrorCode.TrailingOctets, "end of payload", Record.Length);
    }

    private static decimal ValueOf(byte[] record) => Assert.IsType<NumericValue>(
        Assert.Single(ProfileRegistry.Decode(TaiDocMeterProfile.AnswerUuid, record, SessionContext.Empty).Readings).Values[0]).Value.Number;

    /// <summary>A meter whose record n holds 100 + n mg/dL.</summary>
    private static byte[] AnswerTo(byte[] request, int count) => request[1] switch
    {
        TaiDocFrame.Model => Answer(0x24, "5542 0000"),
        TaiDocFrame.RecordCount => Answer(0x2B, $"{count:X2}00 0000"),
        TaiDocFrame.RecordTime => Record[8..16],
        _ => Answer(0x26, $"{100 + request[2]:X2}00 0000"),
    };

    private static byte[] Answer(byte command, string data)
    {
        byte[] frame = [0x51, command, .. Payload.Octets(data), 0xA5, 0];
        frame[7] = frame.Aggregate((byte)0, (sum, octet) => (byte)(sum + octet));
        return frame;
    }
}
