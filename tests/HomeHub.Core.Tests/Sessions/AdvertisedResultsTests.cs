using HomeHub.Core.Acquisition;
using HomeHub.Core.Sessions;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>The course of a weighing as a Mi scale advertises it; octets from public captures, flags changed where the text says so.</summary>
public sealed class AdvertisedResultsTests
{
    private const ushort Composition = 0x181B, Weight = 0x181D;
    private const string Moving = "0204B207010112101A0000A852";
    private const string WeightOnly = "0224B20705040F020100008642";
    private const string WithImpedance = "0226B20705040F0201AC018642";
    private const string Left = "02A6B20705040F0201AC018642";
    private static readonly DateTimeOffset At = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1));
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(20);

    private readonly AdvertisedResults _results = new(Settle);
    private int _second;

    [Fact]
    public void A_weighing_is_one_payload_the_last_of_its_time()
    {
        Assert.Empty(Hear(Moving));
        Assert.Empty(Hear(WeightOnly));
        Assert.Empty(Hear(WeightOnly));
        Assert.Empty(Hear(WithImpedance));
        IncomingPayload taken = Assert.Single(Hear(Left));
        Assert.Equal(WithImpedance, Convert.ToHexString(taken.Octets.Span));
        Assert.True(taken.IsAdvertised);
        Assert.Empty(Hear(Left));
        Assert.Empty(Hear(WithImpedance));
        Assert.Null(_results.NextDue);
    }

    [Fact]
    public void A_result_is_taken_in_time_though_nothing_more_is_heard()
    {
        Hear(WeightOnly);
        TimeSpan due = _results.NextDue!.Value;
        Assert.Equal(Settle + TimeSpan.FromSeconds(1), due);
        Assert.Empty(_results.TakeDue(due - TimeSpan.FromSeconds(1)));
        Assert.Equal(WeightOnly, Convert.ToHexString(Assert.Single(_results.TakeDue(due)).Payload.Octets.Span));
        Assert.Empty(Hear(WeightOnly));
        Assert.Empty(_results.TakeDue(due + Settle, isEnd: true));
    }

    [Fact]
    public void Another_time_is_another_weighing()
    {
        Hear(WeightOnly);
        IncomingPayload first = Assert.Single(Hear("0224B20705040F030100008642"));
        Assert.Equal(WeightOnly, Convert.ToHexString(first.Octets.Span));
        Assert.Single(_results.TakeDue(TimeSpan.Zero, isEnd: true));
    }

    [Fact]
    public void What_is_not_understood_is_taken_once()
    {
        Assert.Single(Hear("0224B2"));
        Assert.Empty(Hear("0224B2"));
        Assert.Empty(_results.OnHeard("C0:FF:EE:00:00:01", 0x1809, new byte[] { 1 }, At, TimeSpan.Zero));
    }

    [Fact]
    public void Devices_and_services_are_held_apart()
    {
        Hear(WeightOnly);
        Hear(WeightOnly, "C0:FF:EE:00:00:02");
        Hear("229E43E507040B101301", service: Weight);
        Assert.Equal(3, _results.TakeDue(TimeSpan.Zero, isEnd: true).Count);
    }

    private IReadOnlyList<IncomingPayload> Hear(string hex, string address = "C0:FF:EE:00:00:01", ushort service = Composition) =>
        _results.OnHeard(address, service, Convert.FromHexString(hex), At.AddSeconds(++_second), TimeSpan.FromSeconds(_second));
}
