using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.ViatomOximeter;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>Vendors' streams on their way from the link to the source's reader. Frames of the vectors: BCI-S1 to S11, PC60-S1 to S5.</summary>
public sealed class FrameStreamTests
{
    private const string Bci = "8632054861", BciLower = "8632054860", NoFinger = "8F00507F7F", Searching = "8664254861";

    private static readonly GattCharacteristic Berry = new(BerryMedOximeterProfile.Service, BerryMedOximeterProfile.StreamUuid, 2, GattProperties.Notify);
    private static readonly GattCharacteristic Finger = new(Pc60OximeterProfile.Service, Pc60OximeterProfile.StreamUuid, 2, GattProperties.Notify);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(20)]
    public void A_hundred_frames_a_second_become_one_each_second_and_each_change(int cut)
    {
        byte[] second = Convert.FromHexString(string.Concat(Enumerable.Repeat(Bci, 60).Concat(Enumerable.Repeat(BciLower, 40))));
        var gate = new FrameGate();
        var kept = new List<string>();
        for (int at = 0; at < 60; at++)
        {
            foreach (byte[] notified in second.Chunk(cut))
            {
                kept.AddRange(gate.Take(Of(Berry, notified), TimeSpan.FromSeconds(at)).Select(value => Convert.ToHexString(value.Octets)));
            }
        }

        Assert.Equal(Enumerable.Repeat(new[] { Bci, BciLower }, 60).SelectMany(pair => pair), kept);
    }

    [Fact]
    public void What_tells_nothing_goes_no_further()
    {
        var gate = new FrameGate();
        Assert.Empty(gate.Take(Of(Berry, [.. Convert.FromHexString(NoFinger), .. Convert.FromHexString(Searching)]), default));
        Assert.Empty(gate.Take(Of(Finger, Convert.FromHexString("AA550F07023B3835322FBDAA550F06210200000045AA55F0030303F6")), default));
        Assert.Equal(0, gate.Refused);
    }

    [Fact]
    public void What_is_not_understood_is_kept_up_to_a_limit_and_counted_beyond_it()
    {
        var gate = new FrameGate();
        int kept = 0;
        for (int i = 0; i < FrameGate.MaxRejected + 5; i++)
        {
            kept += gate.Take(Of(Finger, Convert.FromHexString("AA550F0801603E005000C000")), default).Count;
        }

        Assert.Equal((FrameGate.MaxRejected, 5), (kept, gate.Refused));
    }

    [Fact]
    public async Task A_minute_has_mean_lowest_and_highest_and_no_special_value_in_it()
    {
        (ValueTaker taker, List<IncomingPayload> given) = Taker([Bci, BciLower, NoFinger, Searching, "863205487F", Bci]);
        await Assert.ThrowsAsync<PeripheralException>(() => taker.TakeUntilIdleAsync(new SessionLimits(), TimeProvider.System, default));
        await taker.TakeRestAsync(tellsAgain: false);
        IncomingPayload payload = Assert.Single(given);
        Assert.Equal((true, BerryMedOximeterProfile.Service, BerryMedOximeterProfile.StreamUuid), (payload.IsMinute, payload.Service, payload.Characteristic));
        AcquiredReading minute = Assert.Single(Accept(payload).Readings);
        var saturation = Assert.IsType<NumericValue>(minute.Reading.Values[0]);
        Assert.Equal((97m, 96m, 97m), (saturation.Value.Number, saturation.Range!.Value.Lowest, saturation.Range.Value.Highest));
        Assert.Equal(72m, Assert.IsType<NumericValue>(minute.Reading.Values[1]).Value.Number);
    }

    [Fact]
    public async Task A_damaged_frame_comes_alone_and_takes_no_minute_with_it()
    {
        (ValueTaker taker, List<IncomingPayload> given) = Taker(["AA550F0801603E005000C008", "AA550F0801603E005000C000", "AA550F0801603E005000C008"], Finger);
        await Assert.ThrowsAsync<PeripheralException>(() => taker.TakeUntilIdleAsync(new SessionLimits(), TimeProvider.System, default));
        await taker.TakeRestAsync(tellsAgain: false);
        Assert.Equal([false, true], given.Select(payload => payload.IsMinute));
        Assert.Equal(DecodeErrorCode.CrcMismatch, Accept(given[0]).Rejected!.Error.Code);
        Assert.Equal([96m, 62m, 8.0m], Accept(given[1]).Readings[0].Reading.Values.Select(value => ((NumericValue)value).Value.Number));
    }

    [Fact]
    public void A_serial_service_is_taken_only_of_a_model_that_speaks_so()
    {
        Assert.Empty(SessionPlan.For([Berry]).Measurements);
        Assert.Empty(SessionPlan.For([Berry], [Pc60OximeterProfile.Service]).Services);
        SessionPlan plan = SessionPlan.For([Berry], [BerryMedOximeterProfile.Service]);
        Assert.Equal([Berry], plan.Measurements);
        Assert.Equal([BerryMedOximeterProfile.Service], plan.Services);
        Assert.Empty(plan.Descriptions);
    }

    private static CharacteristicValue Of(GattCharacteristic from, byte[] octets) => new(from, octets, SampleReadings.Start);

    private static (ValueTaker Taker, List<IncomingPayload> Given) Taker(string[] notified, GattCharacteristic? from = null)
    {
        var values = Channel.CreateUnbounded<CharacteristicValue>();
        foreach (string hex in notified)
        {
            Assert.True(values.Writer.TryWrite(Of(from ?? Berry, Convert.FromHexString(hex))));
        }

        values.Writer.Complete(new PeripheralException(PeripheralFault.Disconnected, "The link went."));
        var device = new RegisteredDevice { Address = RecordDevice.Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };
        List<IncomingPayload> given = [];
        var sink = new SessionSink("s", device, new DeviceDescriptor { Address = device.Address }, (item, _) =>
        {
            given.Add(item.Payload!.Payload);
            return ValueTask.CompletedTask;
        });
        return (new ValueTaker(values.Reader, sink, new Dictionary<ushort, MarkKeeper>(), TimeProvider.System, _ => { }), given);
    }

    private static SessionOutcome Accept(IncomingPayload payload) =>
        new AcquisitionSession(SampleReadings.Patient, SampleReadings.Device(1), HubZone.OfReception).Accept(payload);
}
