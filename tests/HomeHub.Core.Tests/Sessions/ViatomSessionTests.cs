using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Profiles.ViatomOximeter;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A ring that is asked for what it measures. Its answers are captures (O2R-S1, -S2; MackeyStingray/o2r@e8ad57f).</summary>
public sealed class ViatomSessionTests
{
    private const string Worn = "5500FF00000D00624200000000006100920A01002F", TakenOff = "5500FF00000D00FFFFFF0000000060000500000043";

    private static readonly GattCharacteristic
        Request = AskedDevice.Of(ViatomOximeterProfile.Service, ViatomOximeterProfile.RequestUuid, 10, GattProperties.Write),
        Answer = AskedDevice.Of(ViatomOximeterProfile.Service, ViatomOximeterProfile.AnswerUuid, 12, GattProperties.Notify);

    [Fact]
    public void Is_asked_on_while_it_is_worn_and_until_it_is_off_for_a_while()
    {
        var exchange = new ViatomExchange();
        int asked = 0;
        while (exchange.Next() is { } request)
        {
            Assert.Equal("AA17E800000000", Convert.ToHexString(request.Octets)[..14]);
            asked++;
            Assert.Single(exchange.Accept(ViatomOximeterProfile.AnswerUuid, Convert.FromHexString(asked is 5 or 10 ? Worn : TakenOff)));
            Assert.True(exchange.IsAnswered);
        }

        Assert.Equal((10 + ViatomExchange.MaxUnworn, true), (asked, exchange.IsComplete));
    }

    [Fact]
    public void Is_given_up_when_it_does_not_answer()
    {
        var exchange = new ViatomExchange();
        for (int i = 0; i < ViatomExchange.MaxTries; i++)
        {
            Assert.NotNull(exchange.Next());
            Assert.Single(exchange.Accept(ViatomOximeterProfile.AnswerUuid, Convert.FromHexString(Worn[..^2] + "00")));
            Assert.False(exchange.IsAnswered);
        }

        Assert.Null(exchange.Next());
        Assert.False(exchange.IsComplete);
    }

    [Fact]
    public async Task What_it_tells_becomes_a_minute_also_when_the_link_goes()
    {
        var ring = new AskedDevice([Request, Answer], (_, _) => Pieces(Worn));
        var hub = new RecordHub();
        PeripheralException? fault = await hub.RunAsync(ring.Connect(cutAfter: 2));
        Assert.Equal(PeripheralFault.Disconnected, fault?.Fault);
        AcquiredReading minute = Assert.Single(await hub.ReadingsAsync());
        Assert.True(minute.Context.IsMinute);
        Assert.Equal([98m, 66m], minute.Reading.Values.Select(value => ((NumericValue)value).Value.Number));
    }

    [Fact]
    public async Task A_ring_that_is_not_worn_is_left_after_a_while_and_has_brought_nothing()
    {
        var ring = new AskedDevice([Request, Answer], (_, _) => Pieces(TakenOff));
        var hub = new RecordHub();
        var time = new ManualTime(SampleReadings.Start);
        Task<PeripheralException?> run = hub.RunAsync(ring.Connect(), time);
        while (!run.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1);
        }

        Assert.Null(await run);
        Assert.Equal((ViatomExchange.MaxUnworn, 0, true), (ring.Written.Count, hub.Report.Values, hub.Report.HasToldAll));
        Assert.Empty(await hub.ReadingsAsync());
    }

    private static IEnumerable<CharacteristicValue> Pieces(string frame) =>
        Convert.FromHexString(frame).Chunk(20).Select(piece => new CharacteristicValue(Answer, piece, default));
}
