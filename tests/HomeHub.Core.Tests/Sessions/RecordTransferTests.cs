using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Tests.Sessions;

public sealed class RecordTransferTests
{
    private static readonly RecordMark Mark = new(0x1808, 40, 7);
    private static readonly RecordMark Timed = Mark with { Time = new PhdTimestamp(2026, 3, 14, 7, 42, 10) };
    private static readonly StoredRecord Marked = new(40, 7);

    private const string CountAll = "0401", CountFrom = "0403012800", All = "0101", From = "0103012800", FromTime = "010302EA07030E072A0A",
        CountFromTime = "040302EA07030E072A0A", Last = "0106", Abort = "0300";

    [Fact]
    public void Without_a_mark_all_is_counted_and_asked_for_and_with_one_what_follows_it()
    {
        Assert.Equal([CountAll, All], Begin(null));
        Assert.Equal([CountFrom, From], Begin(Mark));
        Assert.Equal([CountAll, All], Begin(Mark, asksAll: true));
    }

    [Theory]
    [InlineData(0x1822)]
    [InlineData(0x1234)]
    public void A_service_whose_records_have_no_numbers_is_asked_for_all(int service) =>
        Assert.Equal([CountAll, All], Begin(Mark, rules: RecordRules.Of((ushort)service)));

    [Fact]
    public void A_sensor_is_asked_by_its_time_offset() => Assert.Equal([CountFrom, From], Begin(Mark, rules: RecordRules.ContinuousGlucose));

    [Theory]
    [InlineData(1, true, null)]
    [InlineData(6, true, null)]
    [InlineData(0, false, null)]
    [InlineData(2, false, null)]
    [InlineData(3, false, null)]
    [InlineData(4, false, null)]
    [InlineData(5, false, null)]
    [InlineData(7, null, CountAll)]
    [InlineData(8, null, CountAll)]
    [InlineData(9, false, null)]
    [InlineData(10, false, null)]
    [InlineData(0x7F, false, null)]
    public void What_each_response_code_means_when_all_was_asked_for(byte code, bool? completes, string? next) => AssertReport(null, code, completes, next);

    [Theory]
    [InlineData(1, null, CountAll)]
    [InlineData(6, null, CountAll)]
    [InlineData(0, false, null)]
    [InlineData(2, null, CountAll)]
    [InlineData(3, null, CountAll)]
    [InlineData(4, null, CountAll)]
    [InlineData(5, null, CountAll)]
    [InlineData(7, null, CountFrom)]
    [InlineData(8, null, CountFrom)]
    [InlineData(9, null, CountAll)]
    [InlineData(10, false, null)]
    [InlineData(0x7F, false, null)]
    public void What_each_response_code_means_when_the_mark_did_not_come_back(byte code, bool? completes, string? next) =>
        AssertReport(Mark, code, completes, next);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    [InlineData(0x7F)]
    public void A_device_that_does_not_count_is_asked_for_its_records_all_the_same(byte code)
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        Assert.Equal(All, Hex(transfer.OnAnswer(Answer(code, request: 4), default)));
        Assert.Null(transfer.Announced);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    [InlineData(9, true)]
    [InlineData(0, false)]
    [InlineData(6, false)]
    [InlineData(7, false)]
    [InlineData(8, false)]
    [InlineData(10, false)]
    [InlineData(0x7F, false)]
    public void What_each_response_code_means_when_the_last_record_was_asked_for(byte code, bool completes)
    {
        RecordTransfer transfer = TellFromMark(Marked);
        Assert.Equal(Last, Hex(transfer.OnAnswer(Answer(1), default)));
        Assert.Equal(completes ? null : CountAll, Hex(transfer.OnAnswer(Answer(code), default)));
        Assert.Equal(completes, transfer.IsComplete);
    }

    [Fact]
    public void The_marked_record_as_it_was_and_a_last_one_that_is_known_say_that_nothing_is_missing()
    {
        RecordTransfer transfer = TellFromMark(Marked, new(41, 8));
        Assert.Equal(Last, Hex(transfer.OnAnswer(Answer(1), default)));
        transfer.OnRecord(new StoredRecord(41, 8), default);
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer is { IsDone: true, IsComplete: true, Failure: null, AsksAll: false });
    }

    [Fact]
    public void A_last_record_that_is_not_known_says_that_numbers_started_anew_beside_those_that_were_kept()
    {
        RecordTransfer transfer = TellFromMark(Marked);
        Assert.Equal(Last, Hex(transfer.OnAnswer(Answer(1), default)));
        transfer.OnRecord(new StoredRecord(2, 99), default);
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1), default)));
        Assert.True(transfer.AsksAll);
    }

    [Fact]
    public void Another_record_under_the_marked_number_says_that_the_device_numbered_anew()
    {
        RecordTransfer transfer = TellFromMark(Marked with { OctetsHash = 99 });
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1), default)));
        Assert.True(transfer.AsksAll);
        Assert.Equal(All, Hex(transfer.OnAnswer(Number(1), default)));
        transfer.OnRecord(Marked with { OctetsHash = 99 }, default);
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer.IsComplete);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void No_records_are_the_end_when_all_were_counted_and_else_a_mark_that_is_gone(bool hasMark, bool completes)
    {
        var transfer = new RecordTransfer(hasMark ? Mark : null, RecordRules.Glucose);
        transfer.Start(default);
        Assert.Equal(completes ? null : CountAll, Hex(transfer.OnAnswer(Number(0), default)));
        Assert.Equal(completes, transfer.IsComplete);
        var other = new RecordTransfer(hasMark ? Mark : null, RecordRules.Glucose);
        other.Start(default);
        Assert.Equal(completes ? null : CountAll, Hex(other.OnAnswer(Answer(6, request: 4), default)));
        Assert.Equal(completes, other.IsComplete);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public void A_device_that_does_not_filter_by_number_is_asked_by_time_and_then_for_all(byte code)
    {
        var transfer = new RecordTransfer(Timed, RecordRules.Glucose);
        transfer.Start(default);
        Assert.Equal(From, Hex(transfer.OnAnswer(Number(1), default)));
        Assert.Equal(CountFromTime, Hex(transfer.OnAnswer(Answer(code), default)));
        Assert.Equal(FromTime, Hex(transfer.OnAnswer(Number(1), default)));
        Assert.False(transfer.AsksAll);
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(code), default)));
        Assert.True(transfer.AsksAll);
    }

    [Fact]
    public void Fewer_records_than_were_announced_are_asked_for_once_more()
    {
        RecordTransfer transfer = TellAll(announced: 3, told: 2);
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1), default)));
        Assert.Equal(All, Hex(transfer.OnAnswer(Number(3), default)));
        Tell(transfer, 3);
        transfer.OnAnswer(Answer(1), default);
        Assert.True(transfer is { IsComplete: true, IsShort: false, Announced: 3 });
    }

    [Fact]
    public void A_device_that_tells_the_same_fewer_records_again_has_counted_wrong()
    {
        RecordTransfer transfer = TellAll(announced: 3, told: 2);
        transfer.OnAnswer(Answer(1), default);
        transfer.OnAnswer(Number(3), default);
        Tell(transfer, 2);
        transfer.OnAnswer(Answer(1), default);
        Assert.True(transfer is { IsComplete: true, IsShort: true });
    }

    [Fact]
    public void The_same_record_told_twice_stands_for_no_other()
    {
        RecordTransfer transfer = TellAll(announced: 2, told: 1);
        Tell(transfer, 1);
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1), default)));
    }

    [Fact]
    public void More_records_than_were_announced_were_stored_meanwhile()
    {
        RecordTransfer transfer = TellAll(announced: 1, told: 2);
        transfer.OnAnswer(Answer(1), default);
        Assert.True(transfer is { IsComplete: true, IsShort: false });
    }

    [Fact]
    public void Near_the_wrap_of_the_numbers_all_is_asked_for()
    {
        Assert.Equal([CountAll, All], Begin(new RecordMark(0x1808, 65_530, 7)));
        RecordTransfer transfer = TellFromMark(Marked, new(65_535, 8));
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1), default)));
    }

    [Fact]
    public void A_sensors_minutes_do_not_wrap() => Assert.Equal("040301FAFF", Begin(new RecordMark(0x181F, 65_530, 7), rules: RecordRules.ContinuousGlucose)[0]);

    [Fact]
    public void A_busy_device_is_asked_to_abort_and_then_asked_again()
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        Assert.Equal(Abort, Hex(transfer.OnBusy(default)));
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(1, request: 3), default)));
        Assert.Equal(All, Hex(transfer.OnAnswer(Answer(2, request: 4), default)));
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer.IsComplete);
    }

    [Fact]
    public void The_end_of_another_procedure_ends_none_of_the_hubs()
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        Assert.Equal(Abort, Hex(transfer.OnBusy(default)));
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.Equal(CountAll, Hex(transfer.OnAnswer(Answer(7, request: 3), default)));
        Assert.Null(transfer.OnAnswer(Answer(1, request: 3), default));
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.Equal(All, Hex(transfer.OnAnswer(Number(0xFF), default)));
        Assert.Null(transfer.OnAnswer(Number(12), default));
        Assert.Null(transfer.OnAnswer(Answer(1, request: 4), default));
        Assert.False(transfer.IsDone);
    }

    [Fact]
    public void A_device_that_stays_busy_is_left()
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        Assert.NotNull(transfer.OnBusy(default));
        Assert.Null(transfer.OnBusy(default));
        Assert.True(transfer is { IsDone: true, IsComplete: false });
        Assert.NotNull(transfer.Failure);
    }

    [Fact]
    public void A_device_that_is_busy_again_after_each_abort_is_left()
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        int aborts = 0;
        while (transfer.OnBusy(default) is not null)
        {
            aborts++;
            transfer.OnAnswer(Answer(1, request: 3), default);
        }

        Assert.Equal(RecordTransfer.MaxRequests, aborts);
        Assert.True(transfer is { IsDone: true, IsComplete: false });
    }

    [Fact]
    public void Requests_are_bounded()
    {
        var transfer = new RecordTransfer(Timed, RecordRules.Glucose);
        byte[]? request = transfer.Start(default);
        int asked = 0;
        while (request is not null && asked < 100)
        {
            bool isReport = request[0] == 1;
            asked += isReport ? 1 : 0;
            request = transfer.OnAnswer(isReport ? Answer(8) : Number(9), default);
        }

        Assert.Equal(RecordTransfer.MaxRequests, asked);
        Assert.True(transfer is { IsDone: true, IsComplete: false });
    }

    [Fact]
    public void Silence_is_counted_from_the_last_word()
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(TimeSpan.FromSeconds(1));
        Assert.Equal(RecordTransfer.CountLimit, transfer.WaitAt(TimeSpan.FromSeconds(1)));
        Assert.Equal(All, Hex(transfer.OnSilence(TimeSpan.FromSeconds(6))));
        Assert.Equal(RecordTransfer.ProcedureLimit, transfer.WaitAt(TimeSpan.FromSeconds(6)));
        transfer.OnRecord(new StoredRecord(1, 1), TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(29), transfer.WaitAt(TimeSpan.FromSeconds(21)));
        Assert.Equal(TimeSpan.Zero, transfer.WaitAt(TimeSpan.FromSeconds(60)));
        Assert.Null(transfer.OnSilence(TimeSpan.FromSeconds(60)));
        Assert.True(transfer is { IsDone: true, IsComplete: false });
        Assert.Null(transfer.OnAnswer(Answer(1), TimeSpan.FromSeconds(61)));
        Assert.False(transfer.IsComplete);
    }

    private static string[] Begin(RecordMark? mark, bool asksAll = false, RecordRules? rules = null)
    {
        var transfer = new RecordTransfer(mark, rules ?? RecordRules.Glucose, asksAll);
        return [Hex(transfer.Start(default))!, Hex(transfer.OnAnswer(Number(9), default))!];
    }

    private static RecordTransfer TellFromMark(params StoredRecord[] records)
    {
        var transfer = new RecordTransfer(Mark, RecordRules.Glucose);
        transfer.Start(default);
        transfer.OnAnswer(Number((ushort)records.Length), default);
        Array.ForEach(records, record => transfer.OnRecord(record, default));
        return transfer;
    }

    private static RecordTransfer TellAll(ushort announced, int told)
    {
        var transfer = new RecordTransfer(null, RecordRules.Glucose);
        transfer.Start(default);
        transfer.OnAnswer(Number(announced), default);
        Tell(transfer, told);
        return transfer;
    }

    private static void Tell(RecordTransfer transfer, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            transfer.OnRecord(new StoredRecord((ushort)i, (ulong)i), default);
        }
    }

    private static void AssertReport(RecordMark? mark, byte code, bool? completes, string? next)
    {
        var transfer = new RecordTransfer(mark, RecordRules.Glucose);
        transfer.Start(default);
        transfer.OnAnswer(Answer(2, request: 4), default);
        Assert.Equal(next, Hex(transfer.OnAnswer(Answer(code), default)));
        Assert.Equal(completes is not null, transfer.IsDone);
        Assert.Equal(completes is true, transfer.IsComplete);
        Assert.Equal(completes is false, transfer.Failure is not null);
    }

    private static RecordAccessAnswer Answer(byte code, byte request = 1) => new(request, (RecordAccessResponse)code, null);

    private static RecordAccessAnswer Number(ushort records) => new(0, RecordAccessResponse.Success, records);

    private static string? Hex(byte[]? request) => request is null ? null : Convert.ToHexString(request);
}
