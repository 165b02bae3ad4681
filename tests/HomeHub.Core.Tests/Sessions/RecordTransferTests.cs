using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Tests.Sessions;

public sealed class RecordTransferTests
{
    private static readonly RecordMark Mark = new(0x1808, 40, 7);
    private static readonly StoredRecord Marked = new(40, 7);
    private static readonly byte[] All = [0x01, 0x01], FromMark = [0x01, 0x03, 0x01, 40, 0], Abort = [0x03, 0x00];

    [Fact]
    public void Without_a_mark_all_is_asked_for_and_with_one_what_follows_it()
    {
        Assert.Equal(All, new RecordTransfer(null).Start(default));
        Assert.Equal(FromMark, new RecordTransfer(Mark).Start(default));
    }

    [Theory]
    [InlineData(1, true, null)]
    [InlineData(6, true, null)]
    [InlineData(0, false, null)]
    [InlineData(2, false, null)]
    [InlineData(3, false, null)]
    [InlineData(4, false, null)]
    [InlineData(5, false, null)]
    [InlineData(7, null, "again")]
    [InlineData(8, null, "again")]
    [InlineData(9, false, null)]
    [InlineData(0x7F, false, null)]
    public void What_each_response_code_means_when_all_was_asked_for(byte code, bool? completes, string? next) =>
        AssertAnswer(new RecordTransfer(null), code, completes, next is null ? null : All);

    [Theory]
    [InlineData(1, null, "all")]
    [InlineData(6, null, "all")]
    [InlineData(0, false, null)]
    [InlineData(2, null, "all")]
    [InlineData(3, null, "all")]
    [InlineData(4, null, "all")]
    [InlineData(5, null, "all")]
    [InlineData(7, null, "again")]
    [InlineData(8, null, "again")]
    [InlineData(9, null, "all")]
    [InlineData(0x7F, false, null)]
    public void What_each_response_code_means_when_the_mark_did_not_come_back(byte code, bool? completes, string? next) =>
        AssertAnswer(new RecordTransfer(Mark), code, completes, next switch { "all" => All, "again" => FromMark, _ => null });

    [Fact]
    public void The_marked_record_as_it_was_says_that_nothing_is_missing()
    {
        var transfer = new RecordTransfer(Mark);
        transfer.Start(default);
        transfer.OnRecord(Marked, default);
        transfer.OnRecord(new StoredRecord(41, 8), default);
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer is { IsDone: true, IsComplete: true, Failure: null, AsksAll: false });
    }

    [Fact]
    public void Another_record_under_the_marked_number_says_that_the_device_numbered_anew()
    {
        var transfer = new RecordTransfer(Mark);
        transfer.Start(default);
        transfer.OnRecord(Marked with { OctetsHash = 99 }, default);
        Assert.Equal(All, transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer.AsksAll);
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer.IsComplete);
    }

    [Fact]
    public void A_busy_device_is_asked_to_abort_and_then_asked_again()
    {
        var transfer = new RecordTransfer(null);
        transfer.Start(default);
        Assert.Equal(Abort, transfer.OnBusy(default));
        Assert.Equal(All, transfer.OnAnswer(Answer(1, request: 3), default));
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.True(transfer.IsComplete);
    }

    [Fact]
    public void The_end_of_another_procedure_ends_none_of_the_hubs()
    {
        var transfer = new RecordTransfer(null);
        transfer.Start(default);
        Assert.Equal(Abort, transfer.OnBusy(default));
        Assert.Null(transfer.OnAnswer(Answer(1), default));
        Assert.Equal(All, transfer.OnAnswer(Answer(7, request: 3), default));
        Assert.Null(transfer.OnAnswer(Answer(1, request: 3), default));
        Assert.Null(transfer.OnAnswer(new RecordAccessAnswer(0, RecordAccessResponse.Success, 12), default));
        Assert.False(transfer.IsDone);
        transfer.OnAnswer(Answer(1), default);
        Assert.True(transfer.IsComplete);
    }

    [Fact]
    public void A_device_that_stays_busy_is_left()
    {
        var transfer = new RecordTransfer(null);
        transfer.Start(default);
        Assert.NotNull(transfer.OnBusy(default));
        Assert.Null(transfer.OnBusy(default));
        Assert.True(transfer is { IsDone: true, IsComplete: false });
        Assert.NotNull(transfer.Failure);
    }

    [Fact]
    public void Requests_are_bounded()
    {
        var transfer = new RecordTransfer(Mark);
        byte[]? request = transfer.Start(default);
        int asked = 0;
        while (request is not null && asked < 100)
        {
            asked++;
            request = transfer.OnAnswer(Answer(8), default);
        }

        Assert.Equal(RecordTransfer.MaxRequests, asked);
        Assert.True(transfer is { IsDone: true, IsComplete: false });
    }

    [Fact]
    public void Silence_is_counted_from_the_last_word()
    {
        var transfer = new RecordTransfer(null);
        transfer.Start(TimeSpan.FromSeconds(5));
        transfer.OnRecord(new StoredRecord(1, 1), TimeSpan.FromSeconds(20));
        Assert.Equal(TimeSpan.FromSeconds(29), transfer.WaitAt(TimeSpan.FromSeconds(21)));
        Assert.Equal(TimeSpan.Zero, transfer.WaitAt(TimeSpan.FromSeconds(60)));
        transfer.OnSilence();
        Assert.True(transfer is { IsDone: true, IsComplete: false });
        Assert.Null(transfer.OnAnswer(Answer(1), TimeSpan.FromSeconds(61)));
        Assert.False(transfer.IsComplete);
    }

    private static RecordAccessAnswer Answer(byte code, byte request = 1) => new(request, (RecordAccessResponse)code, null);

    private static void AssertAnswer(RecordTransfer transfer, byte code, bool? completes, byte[]? next)
    {
        transfer.Start(default);
        Assert.Equal(next, transfer.OnAnswer(Answer(code), default));
        Assert.Equal(completes is not null, transfer.IsDone);
        Assert.Equal(completes is true, transfer.IsComplete);
        Assert.Equal(completes is false, transfer.Failure is not null);
    }
}
