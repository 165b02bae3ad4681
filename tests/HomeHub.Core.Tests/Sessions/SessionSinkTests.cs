using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

public sealed class SessionSinkTests
{
    private static readonly RegisteredDevice Device = new()
    {
        Address = "C0:FF:EE:00:00:01", Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start,
    };

    private readonly List<SourceItem> _given = [];

    [Fact]
    public async Task Gives_a_value_with_its_owner_and_the_time_since_which_the_device_is_his()
    {
        await GiveAsync(Sink(), null);
        DevicePayload payload = _given[0].Payload!;
        Assert.Equal(("name", Device.Patient, Device.PairedAt), (payload.Session, payload.Patient, payload.PairedAt));
        Assert.Equal((BluetoothUuid.Of(0x1810), BluetoothUuid.Of(0x2A35)), (payload.Payload.Service, payload.Payload.Characteristic));
    }

    [Fact]
    public async Task Tells_who_uses_the_device_and_what_was_asked_for()
    {
        SessionSink sink = Sink();
        await GiveAsync(sink, null);
        sink.IsTransferring = true;
        await GiveAsync(sink, null);
        Assert.All(_given, item => Assert.Equal(Device.Users, item.Payload!.Users));
        Assert.Equal([false, true], _given.Select(item => item.Payload!.IsRequested));
    }

    [Fact]
    public async Task Is_safe_when_all_that_was_given_is_on_disk()
    {
        SessionSink sink = Sink();
        List<string> told = [];
        await GiveAsync(sink, () => told.Add("first"));
        await GiveAsync(sink, null);
        _given[0].Committed!();
        Assert.Equal(["first"], told);
        Task safe = sink.WaitSafeAsync();
        Assert.False(safe.IsCompleted);
        _given[1].Committed!();
        await safe.WaitAsync(Eventually.Deadline);
    }

    [Fact]
    public async Task Is_safe_at_once_when_nothing_was_given() => await Sink().WaitSafeAsync().WaitAsync(Eventually.Deadline);

    private static ValueTask GiveAsync(SessionSink sink, Action? safe) => 
        sink.GiveAsync(new IncomingPayload(0x1810, 0x2A35, new byte[] { 1 }, SampleReadings.Start), safe, default);

    private SessionSink Sink() => new("name", Device, new DeviceDescriptor { Address = Device.Address }, (item, _) =>
    {
        _given.Add(item);
        return ValueTask.CompletedTask;
    });
}
