using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;
using HomeHub.CloudRelay.Telemetry;
using HomeHub.CloudRelay.Tests.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.CloudRelay.Tests.Intake;

public sealed class StoreGateTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 14, 7, 43, 15, TimeSpan.Zero);

    [Fact]
    public void A_full_disk_gives_no_outcome_and_once_there_is_room_all_goes_on()
    {
        using var store = new StoreFixture();
        using var metrics = new RelayMetrics();
        var gate = new StoreGate(store.Store, store.Writer, TimeProvider.System, metrics, NullLogger.Instance);
        var intake = new BundleIntake(TimeProvider.System);
        Assert.NotNull(gate.Store([intake.Read(new SampleBundle().WithDevices().Incoming())])[0]);
        var before = store.Count("resource");

        // SQLite then answers as it does when the disk is full.
        store.Store.Connection.Execute("PRAGMA max_page_count = 1");
        var large = new SampleBundle();
        for (var i = 0; i < 300; i++)
        {
            large.WithBloodPressure(Guid.NewGuid(), At.AddMinutes(i));
        }

        Assert.Equal([null, null], gate.Store([intake.Read(large.Incoming(Contract.BundleEncoding.Brotli)), intake.Read(large.Incoming(Contract.BundleEncoding.Brotli))]));
        Assert.NotNull(gate.Failure);
        Assert.Equal(before, store.Count("resource"));
        Assert.Equal(0L, store.Count("dead_letter"));

        store.Store.Connection.Execute("PRAGMA max_page_count = 1000000");
        Assert.Null(gate.Probe());
        var outcome = gate.Store([intake.Read(large.Incoming(Contract.BundleEncoding.Brotli))])[0];
        Assert.Equal(300, outcome!.Stored.Count);
        Assert.Equal(before + 300, store.Count("resource"));
    }

    [Fact]
    public void A_refused_Bundle_does_not_keep_its_neighbours_from_being_stored()
    {
        using var store = new StoreFixture();
        using var metrics = new RelayMetrics();
        var gate = new StoreGate(store.Store, store.Writer, TimeProvider.System, metrics, NullLogger.Instance);
        var intake = new BundleIntake(TimeProvider.System);
        var outcomes = gate.Store([
            intake.Read(new SampleBundle().WithDevices().Incoming()),
            intake.Read(new SampleBundle { Gateway = Guid.NewGuid() }.WithBloodPressure(Guid.NewGuid(), At).Incoming()),
            intake.Read(new SampleBundle().WithBloodPressure(Guid.NewGuid(), At).Incoming()),
        ]);
        Assert.Equal([null, Contract.ReasonCode.UnknownReference, null], outcomes.Select(outcome => outcome!.Reason));
        Assert.Equal((3L, 1L), (store.Count("resource"), store.Count("dead_letter")));
    }
}
