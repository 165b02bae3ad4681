using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;

namespace HomeHub.Core.Tests.Sessions;

public sealed class MarkKeeperTests
{
    private static readonly RecordMark Start = new(0x1808, 40, 40);

    private readonly MarkKeeper _keeper = new(0x1808, Start);

    [Fact]
    public void Moves_with_what_is_safe_while_numbers_follow_each_other_from_the_mark_on()
    {
        Tell(40, 41, 42);
        Assert.Equal(Start, _keeper.Mark);
        Safe(40, 41);
        Assert.Equal(41, _keeper.Mark!.SequenceNumber);
        Safe(42);
        Assert.Equal(new RecordMark(0x1808, 42, 42), _keeper.Mark);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(50, 40, 41)]
    [InlineData(41, 42)]
    public void Stays_while_the_device_may_have_more_before_what_it_told(params int[] told)
    {
        Tell(told);
        Safe(told);
        Assert.Equal(Start, _keeper.Mark);
    }

    [Fact]
    public void Stops_at_a_gap_until_all_is_told()
    {
        Tell(40, 41, 50, 51);
        Safe(40, 41, 50, 51);
        Assert.Equal(41, _keeper.Mark!.SequenceNumber);
        _keeper.Complete();
        Assert.Equal(51, _keeper.Mark!.SequenceNumber);
    }

    [Fact]
    public void Once_all_is_told_the_highest_is_the_mark_when_all_is_safe()
    {
        var keeper = new MarkKeeper(0x1808, null);
        StoredRecord[] newestFirst = [new(3, 3), new(2, 2), new(1, 1)];
        Array.ForEach(newestFirst, keeper.Told);
        keeper.Complete();
        keeper.Safe(newestFirst[0]);
        keeper.Safe(newestFirst[1]);
        Assert.Null(keeper.Mark);
        keeper.Safe(newestFirst[2]);
        Assert.Equal(3, keeper.Mark!.SequenceNumber);
    }

    [Fact]
    public void The_same_record_told_twice_changes_nothing()
    {
        Tell(40, 40, 41);
        Safe(40, 40, 41);
        Assert.Equal(41, _keeper.Mark!.SequenceNumber);
    }

    [Fact]
    public void A_device_that_numbered_anew_has_no_new_mark_until_it_has_told_all()
    {
        Tell(120);
        Safe(120);
        _keeper.StartAnew();
        Tell(1, 2);
        Safe(1);
        Assert.Equal(Start, _keeper.Mark);
        _keeper.Complete();
        Assert.Equal(Start, _keeper.Mark);
        Safe(2);
        Assert.Equal(2, _keeper.Mark!.SequenceNumber);
    }

    [Fact]
    public void What_is_sent_after_the_transfer_counts_when_it_is_safe()
    {
        Tell(40);
        Safe(40);
        _keeper.Complete();
        Tell(41);
        Assert.Equal(40, _keeper.Mark!.SequenceNumber);
        Safe(41);
        Assert.Equal(41, _keeper.Mark!.SequenceNumber);
    }

    private void Tell(params int[] numbers) => Array.ForEach(numbers, number => _keeper.Told(new StoredRecord((ushort)number, (ulong)number)));

    private void Safe(params int[] numbers) => Array.ForEach(numbers, number => _keeper.Safe(new StoredRecord((ushort)number, (ulong)number)));
}
