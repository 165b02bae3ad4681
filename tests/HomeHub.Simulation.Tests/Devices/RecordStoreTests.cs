using HomeHub.Simulation.Devices;
using HomeHub.Simulation.Peripherals;

namespace HomeHub.Simulation.Tests.Devices;

public sealed class RecordStoreTests
{
    private static readonly byte[] All = [1, 1], Count = [4, 1], Abort = [3, 0];

    private readonly RecordStore _store = new();

    [Fact]
    public void News_are_told_once_and_what_is_stored_while_they_are_told_is_news_again()
    {
        Assert.False(_store.HasNews);
        Add(2);
        Assert.True(_store.HasNews);
        RecordReply reply = Begin(All);
        Add(1);
        _store.End(reply);
        Assert.True(_store.HasNews);
        _store.End(Begin(All));
        Assert.False(_store.HasNews);
    }

    [Fact]
    public void A_count_and_an_empty_answer_tell_no_news()
    {
        Add(1);
        _store.End(Begin(Count));
        _store.End(Begin([1, 3, 1, 2, 0]));
        Assert.True(_store.HasNews);
    }

    [Fact]
    public void Numbers_start_anew_and_nothing_is_news_then()
    {
        Add(3);
        RecordReply running = Begin(All);
        _store.Restart();
        Assert.True(running.IsAborted);
        Assert.False(_store.HasNews);
        Assert.Equal([6, 0, 1, 6], Begin(All).Answer);
        _store.Abort();
        Add(1);
        Assert.Equal([0x0B, 1, 0], Assert.Single(Begin(All).Records)[0].Octets);
    }

    [Fact]
    public void One_request_at_a_time_until_it_is_aborted()
    {
        Add(1);
        RecordReply first = Begin(All);
        Assert.False(_store.TryBegin(All, out _));
        Assert.Equal([6, 0, 3, 1], Begin(Abort).Answer);
        Assert.True(first.IsAborted);
        Begin(All);
    }

    /// <summary>
    /// Requests by tables 3.9 and 3.10, answered over five records: numbers 1 to 5, Base Time 2026-03-14 07:00, 08:00 … 11:00, Time Offset an hour, so that the
    /// user sees 08:00 to 12:00.
    /// </summary>
    [Theory]
    [InlineData("0101", "12345", "06000101")]
    [InlineData("0202010300", "", "06000202")]
    [InlineData("0102010300", "123", "06000101")]
    [InlineData("0102010000", "", "06000106")]
    [InlineData("010201FFFF", "12345", "06000101")]
    [InlineData("0103010300", "345", "06000101")]
    [InlineData("0103010600", "", "06000106")]
    [InlineData("01040102000400", "234", "06000101")]
    [InlineData("01040103000300", "3", "06000101")]
    [InlineData("01040106000900", "", "06000106")]
    [InlineData("0105", "1", "06000101")]
    [InlineData("0106", "5", "06000101")]
    [InlineData("010202 EA07030E093B3B", "12", "06000101")]
    [InlineData("010202 EA07030E0A0000", "123", "06000101")]
    [InlineData("010202 EA07030D173B3B", "", "06000106")]
    [InlineData("010302 EA07030E0A0000", "345", "06000101")]
    [InlineData("010302 EA07030E0C0001", "", "06000106")]
    [InlineData("010402 EA07030E090000 EA07030E0B0000", "234", "06000101")]
    [InlineData("010402 EA07030E090001 EA07030E093B3B", "", "06000106")]
    [InlineData("0401", "", "05000500")]
    [InlineData("0402010300", "", "05000300")]
    [InlineData("0403010500", "", "05000100")]
    [InlineData("04040102000400", "", "05000300")]
    [InlineData("0405", "", "05000100")]
    [InlineData("0406", "", "05000100")]
    [InlineData("0403010600", "", "05000000")]
    [InlineData("040202 EA07030E0A0000", "", "05000300")]
    [InlineData("040402 EA07030E090000 EA07030E0B0000", "", "05000300")]
    public void Every_operator_and_filter_is_answered(string request, string numbers, string answer)
    {
        for (byte hour = 7; hour <= 11; hour++)
        {
            _store.Add([new SimulatedPayload(0x1808, 0x2A18, [0x01, 0, 0, 0xEA, 0x07, 3, 14, hour, 0, 0, 60, 0])]);
        }

        RecordReply reply = Begin(Convert.FromHexString(request.Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(numbers, string.Concat(reply.Records.Select(record => record[0].Octets[1])));
        Assert.Equal(answer, Convert.ToHexString(reply.Answer));
    }

    /// <summary>Response codes by table 3.11.</summary>
    [Theory]
    [InlineData("", "06000002")]
    [InlineData("0001", "06000002")]
    [InlineData("0201", "06000202")]
    [InlineData("0200", "06000202")]
    [InlineData("0500", "06000502")]
    [InlineData("0901", "06000902")]
    [InlineData("01", "06000103")]
    [InlineData("0100", "06000103")]
    [InlineData("0400", "06000403")]
    [InlineData("0301", "06000303")]
    [InlineData("0107", "06000104")]
    [InlineData("04FF", "06000404")]
    [InlineData("010100", "06000105")]
    [InlineData("010501", "06000105")]
    [InlineData("0103", "06000105")]
    [InlineData("01030105", "06000105")]
    [InlineData("010301050000", "06000105")]
    [InlineData("01040103000200", "06000105")]
    [InlineData("010401020003", "06000105")]
    [InlineData("010302EA070D0E072A0A", "06000105")]
    [InlineData("0103020000030E072A0A", "06000105")]
    [InlineData("010402EA07030E072A0AEA0700000C0000", "06000105")]
    [InlineData("010402EA07030E0C0000EA07030E072A0A", "06000105")]
    [InlineData("010300", "06000109")]
    [InlineData("0103030500", "06000109")]
    [InlineData("0402FF0500", "06000409")]
    public void What_is_no_request_is_answered_with_the_reason(string request, string answer)
    {
        Add(1);
        RecordReply reply = Begin(Convert.FromHexString(request));
        Assert.Empty(reply.Records);
        Assert.Equal(answer, Convert.ToHexString(reply.Answer));
    }

    [Theory]
    [InlineData("0105")]
    [InlineData("0106")]
    [InlineData("010202EA07030E0A0000")]
    public void An_empty_memory_has_no_record_for_any_operator(string request) =>
        Assert.Equal([6, 0, 1, 6], Begin(Convert.FromHexString(request)).Answer);

    [Fact]
    public void A_record_without_a_time_lies_within_no_times()
    {
        _store.Add([new SimulatedPayload(0x1808, 0x2A18, [0x01, 0, 0, 0, 0, 3, 14, 7, 0, 0, 0, 0])]);
        Assert.Equal([6, 0, 1, 6], Begin([1, 3, 2, 0x2E, 0x06, 1, 1, 0, 0, 0]).Answer);
    }

    [Fact]
    public void Older_records_that_were_told_leave_the_newer_ones_news()
    {
        Add(3);
        _store.End(Begin([1, 5]));
        _store.End(Begin([1, 2, 1, 2, 0]));
        Assert.True(_store.HasNews);
        _store.End(Begin([1, 6]));
        Assert.False(_store.HasNews);
    }

    [Fact]
    public void A_wrong_abort_stops_nothing()
    {
        Add(1);
        RecordReply running = Begin(All);
        Assert.False(_store.TryBegin([3, 1], out _));
        Assert.False(running.IsAborted);
    }

    [Fact]
    public void First_and_last_are_by_age_when_numbers_wrap_around()
    {
        Add(ushort.MaxValue + 1);
        Assert.Equal([0x0B, 0, 0], Assert.Single(Begin([1, 6]).Records)[0].Octets);
        _store.Abort();
        int oldest = ushort.MaxValue + 2 - DeviceFile.MaxStoredRecords;
        Assert.Equal([0x0B, (byte)oldest, (byte)(oldest >> 8)], Assert.Single(Begin([1, 5]).Records)[0].Octets);
    }

    [Fact]
    public void A_full_memory_loses_the_oldest_and_numbers_go_on()
    {
        Add(DeviceFile.MaxStoredRecords + 1);
        RecordReply reply = Begin(All);
        Assert.Equal(DeviceFile.MaxStoredRecords, reply.Records.Count);
        Assert.Equal([0x0B, 2, 0], reply.Records[0][0].Octets);
    }

    private RecordReply Begin(byte[] request)
    {
        Assert.True(_store.TryBegin(request, out RecordReply reply));
        return reply;
    }

    private void Add(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _store.Add([new SimulatedPayload(0x1808, 0x2A18, [0x0B, 0, 0])]);
        }
    }
}
