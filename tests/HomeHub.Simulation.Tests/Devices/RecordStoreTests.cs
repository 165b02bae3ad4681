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

    [Theory]
    [InlineData(new byte[] { 2, 1 }, 2)]
    [InlineData(new byte[] { 9, 1 }, 2)]
    [InlineData(new byte[0], 2)]
    [InlineData(new byte[] { 1, 2 }, 4)]
    [InlineData(new byte[] { 1, 3 }, 9)]
    [InlineData(new byte[] { 1, 3, 2, 1, 0 }, 9)]
    public void A_request_that_is_not_understood_is_answered_so(byte[] request, byte code)
    {
        Add(1);
        RecordReply reply = Begin(request);
        Assert.Empty(reply.Records);
        Assert.Equal(code, reply.Answer[3]);
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
