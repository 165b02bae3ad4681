using System.Threading.Channels;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A stream on its way from the link to the source's reader.</summary>
public sealed class StreamSessionTests
{
    private static readonly GattCharacteristic Rate = new(BluetoothUuid.Of(0x180D), BluetoothUuid.Of(0x2A37), 2, GattProperties.Notify);

    private readonly Channel<CharacteristicValue> _values = Channel.CreateUnbounded<CharacteristicValue>();
    private readonly List<IncomingPayload> _given = [];

    [Fact]
    public async Task A_link_that_goes_ends_the_minute_and_what_is_not_understood_comes_alone()
    {
        foreach (byte[] octets in new byte[][] { [0, 60], [0, 62], [1, 9], [0, 64] })
        {
            await _values.Writer.WriteAsync(new CharacteristicValue(Rate, octets, SampleReadings.Start));
        }

        _values.Writer.Complete(new PeripheralException(PeripheralFault.Disconnected, "The link went."));
        ValueTaker taker = Taker();
        await Assert.ThrowsAsync<PeripheralException>(() => taker.TakeUntilIdleAsync(new SessionLimits(), TimeProvider.System, default));
        await taker.TakeRestAsync(tellsAgain: false);
        Assert.Equal([false, true], _given.Select(payload => payload.IsMinute));
        AcquiredReading minute = Assert.Single(Accept(_given[1]).Readings);
        Assert.True(minute.Context.IsMinute);
        Assert.True(minute.TryDecode(out _));
        Assert.Equal(62m, ((NumericValue)minute.Reading.Values[0]).Value.Number);
        Assert.NotNull(Accept(_given[0]).Rejected);
    }

    private ValueTaker Taker()
    {
        var device = new RegisteredDevice { Address = RecordDevice.Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };
        var sink = new SessionSink("s", device, new DeviceDescriptor { Address = device.Address }, (item, _) =>
        {
            _given.Add(item.Payload!.Payload);
            return ValueTask.CompletedTask;
        });
        return new ValueTaker(_values.Reader, sink, new Dictionary<ushort, MarkKeeper>(), TimeProvider.System, _ => { });
    }

    private static SessionOutcome Accept(IncomingPayload payload) =>
        new AcquisitionSession(SampleReadings.Patient, SampleReadings.Device(1), HomeHub.Core.Time.HubZone.OfReception).Accept(payload);
}
