using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Simulation.Devices;
using HomeHub.Testing;
using HomeHub.Testing.Peripherals;

namespace HomeHub.Core.Tests.Setup;

/// <summary>Setting devices up beside a hub that runs on the same radio.</summary>
public sealed class SetupDeskTests
{
    [Fact]
    public async Task A_device_is_paired_while_the_hub_listens_and_is_nobodys_until_somebody_says_whose()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff);
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        await bench.ReachesAsync(SetupStage.Done);
        Assert.Equal(SetupBench.Address, bench.State.KnownAs);
        RegisteredDevice device = (await bench.Registry.FindAsync(SetupBench.Address, default))!;
        Assert.Empty(device.People);
        Assert.Equal(BondSecurity.SecureConnections, device.Bond);
        AuditEntry noted = Assert.Single(await bench.Audit.ReadAsync(0, 10, default));
        Assert.Equal((AuditActs.DevicePaired, SetupBench.Who, $"device={SetupBench.Address}"), (noted.Note.Act, noted.Note.Who, noted.Note.About));

        await bench.Device.Model.MeasureAsync(default);
        await Eventually.HoldsAsync(() => bench.Items > 0, "the hub takes what the device tells");
    }

    [Fact]
    public async Task A_number_is_asked_for_and_told_by_whoever_looks()
    {
        await using var bench = new SetupBench(BenchDevices.PasskeyCuff);
        uint shown = 0;
        bench.Device.PasskeyShown += passkey => shown = passkey;
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        await bench.ReachesAsync(SetupStage.PasskeyAsked);
        Assert.False(bench.Desk.TellComparison(SetupBench.Address, true));
        Assert.True(bench.Desk.TellPasskey(SetupBench.Address, shown));
        await bench.ReachesAsync(SetupStage.Done);
        Assert.False(bench.Desk.TellPasskey(SetupBench.Address, shown));
        Assert.Equal(BondSecurity.SecureConnectionsAuthenticated, (await bench.Registry.FindAsync(SetupBench.Address, default))!.Bond);
    }

    [Fact]
    public async Task Whose_a_device_became_while_it_was_paired_again_is_not_undone()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff, advertises: false);
        await bench.Registry.SaveAsync(new RegisteredDevice { Address = SetupBench.Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start }, default);
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        await bench.ReachesAsync(SetupStage.Listening);
        Assert.True(await bench.Registry.AssignAsync(SetupBench.Address, null, SampleReadings.OtherPatient, SampleReadings.Start.AddDays(1), default));
        await bench.Device.AdvertiseAsync(true, default);
        await bench.ReachesAsync(SetupStage.Done);
        Assert.Equal(SampleReadings.OtherPatient, (await bench.Registry.FindAsync(SetupBench.Address, default))!.Patient);
    }

    [Fact]
    public async Task A_wrong_number_fails_and_may_be_tried_again()
    {
        await using var bench = new SetupBench(BenchDevices.PasskeyCuff);
        uint shown = 0;
        bench.Device.PasskeyShown += passkey => shown = passkey;
        bench.Desk.Start(SetupBench.Address, false, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.PasskeyAsked);
        bench.Desk.TellPasskey(SetupBench.Address, (shown + 1) % 1_000_000);
        await bench.ReachesAsync(SetupStage.Failed);
        Assert.Equal(PeripheralFault.PairingRejected, bench.State.Fault);
        Assert.Null(await bench.Registry.FindAsync(SetupBench.Address, default));
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
    }

    [Fact]
    public async Task One_device_is_set_up_once_at_a_time_and_given_up_at_once()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff, advertises: false);
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        Assert.False(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        Assert.Equal(SetupStage.Listening, bench.State.Stage);
        Assert.True(bench.Desk.GiveUp(SetupBench.Address));
        await bench.ReachesAsync(SetupStage.GivenUp);
        Assert.False(bench.Desk.GiveUp(SetupBench.Address));
        Assert.Empty(await bench.Registry.ListAsync(default));
    }

    [Fact]
    public async Task No_more_are_set_up_at_a_time_than_the_limit()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff, advertises: false);
        Assert.All(Enumerable.Range(0, SetupDesk.MaxSetups), i => Assert.True(bench.Desk.Start($"C0:FF:EE:00:01:{i:X2}", false, SetupBench.Who)));
        Assert.False(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
    }

    [Fact]
    public async Task One_that_ended_makes_room_for_another_while_it_is_still_told_how_it_ended()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff, advertises: false);
        Assert.All(Enumerable.Range(0, SetupDesk.MaxSetups), i => Assert.True(bench.Desk.Start($"C0:FF:EE:00:01:{i:X2}", false, SetupBench.Who)));
        Assert.False(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        Assert.True(bench.Desk.GiveUp("C0:FF:EE:00:01:00"));
        await Eventually.HoldsAsync(() => bench.Desk.Find("C0:FF:EE:00:01:00") is { IsOver: true }, "one is given up");
        Assert.True(bench.Desk.Start(SetupBench.Address, false, SetupBench.Who));
        Assert.Equal(SetupStage.GivenUp, bench.Desk.Find("C0:FF:EE:00:01:00")!.Stage);
        Assert.False(bench.Desk.Start("C0:FF:EE:00:01:FF", false, SetupBench.Who));
    }

    [Fact]
    public async Task A_device_that_pairs_the_old_way_is_set_up_only_if_somebody_accepts_that()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff);
        bench.Device.BondsAs = BondSecurity.Legacy;
        bench.Desk.Start(SetupBench.Address, false, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.Failed);
        Assert.Equal(PeripheralFault.LegacyPairing, bench.State.Fault);
        bench.Desk.Start(SetupBench.Address, true, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.Done);
    }

    [Fact]
    public async Task A_hub_that_does_not_know_its_time_says_so()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff) { IsClockKnown = false };
        bench.Desk.Start(SetupBench.Address, false, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.Failed);
        Assert.Equal(SetupProblem.ClockNotKnown, bench.State.Problem);
    }

    [Fact]
    public async Task A_device_that_the_hub_uses_is_paired_again_and_stays_whose_it_is()
    {
        await using var bench = new SetupBench(BenchDevices.BondedCuff);
        bench.Desk.Start(SetupBench.Address, false, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.Done);
        await bench.Registry.AssignAsync(SetupBench.Address, null, SampleReadings.Patient, SampleReadings.Start, default);
        await bench.Device.ForgetBondsAsync(default);
        bench.Desk.Start(SetupBench.Address, false, SetupBench.Who);
        await bench.ReachesAsync(SetupStage.Done);
        Assert.Equal(SampleReadings.Patient, (await bench.Registry.FindAsync(SetupBench.Address, default))!.Patient);
    }
}
