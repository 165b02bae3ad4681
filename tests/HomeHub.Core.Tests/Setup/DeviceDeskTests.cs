using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Core.People;
using HomeHub.Core.Setup;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Setup;

public sealed class DeviceDeskTests : IAsyncDisposable
{
    private const string Old = "C0:FF:EE:00:00:01", New = "C0:FF:EE:00:00:02", Who = "nurse";

    private readonly ManualTime _time = new(SampleReadings.Start.ToUniversalTime());
    private readonly InMemoryDeviceRegistry _registry = new();
    private readonly InMemoryAuditLog _audit = new();
    private bool _isClockKnown = true;

    private DeviceDesk Desk => new(_registry, _audit, _time, () => _isClockKnown);

    public async ValueTask DisposeAsync()
    {
        await _registry.DisposeAsync();
        await _audit.DisposeAsync();
    }

    [Fact]
    public async Task A_slot_is_given_with_its_code_which_the_log_does_not_hold()
    {
        await AddAsync(Old);
        Assert.Null(await Desk.AssignAsync(Old, 2, SampleReadings.Patient, null, 4711, Who, default));
        UserSlot slot = Assert.Single((await FindAsync(Old)).Slots);
        Assert.Equal(((byte)2, SampleReadings.Patient, _time.GetUtcNow(), (ushort?)4711), (slot.UserIndex, slot.Patient, slot.AssignedAt, slot.ConsentCode));
        AuditNote note = Assert.Single(await NotesAsync());
        Assert.Equal((AuditActs.DeviceAssigned, Who, SampleReadings.Patient, $"device={Old}; user=2"), (note.Act, note.Who, note.Patient, note.About));
    }

    [Fact]
    public async Task What_stands_in_the_way_is_told_and_changes_nothing()
    {
        Assert.Equal(SetupProblem.NotSetUp, await Desk.AssignAsync(Old, null, SampleReadings.Patient, null, null, Who, default));
        Assert.Equal(SetupProblem.NotSetUp, await Desk.UnassignAsync(Old, null, Who, default));
        await AddAsync(Old);
        Assert.Equal(SetupProblem.WasNobodys, await Desk.UnassignAsync(Old, null, Who, default));
        _isClockKnown = false;
        Assert.Equal(SetupProblem.ClockNotKnown, await Desk.AssignAsync(Old, null, SampleReadings.Patient, null, null, Who, default));
        DateTimeOffset before = SampleReadings.Start.AddDays(-3);
        Assert.Null(await Desk.AssignAsync(Old, null, SampleReadings.Patient, before, null, Who, default));
        Assert.Equal(SetupProblem.WasSomebodyElses, await Desk.AssignAsync(Old, null, SampleReadings.OtherPatient, before, null, Who, default));
        Assert.Equal((SampleReadings.Patient, before), ((await FindAsync(Old)).Patient, (await FindAsync(Old)).Users.OwnerSince));
        _isClockKnown = true;
        await Desk.AssignAsync(Old, 1, SampleReadings.Patient, null, null, Who, default);
        Assert.Equal(SetupProblem.UserNotNamed, await Desk.UnassignAsync(Old, null, Who, default));
        Assert.Equal(SetupProblem.UserNotNamed, await Desk.AssignAsync(Old, null, SampleReadings.Patient, null, null, Who, default));
    }

    [Fact]
    public async Task Another_device_takes_over_a_person_and_plan_from_now_on()
    {
        await AddAsync(Old);
        await AddAsync(New);
        await _registry.AssignAsync(Old, null, SampleReadings.Patient, SampleReadings.Start.AddDays(-9), default);
        await _registry.ExpectAsync(Old, TimeSpan.FromDays(1), default);
        Assert.Null(await Desk.ReplaceAsync(Old, New, Who, default));
        RegisteredDevice after = await FindAsync(New), before = await FindAsync(Old);
        Assert.Equal((SampleReadings.Patient, _time.GetUtcNow()), (after.Patient, after.Users.OwnerSince));
        Assert.Equal((TimeSpan.FromDays(1), null), (after.ExpectedEvery, before.ExpectedEvery));
        Assert.Empty(before.People);
        Assert.Equal(
            [AuditActs.DeviceAssigned, AuditActs.DeviceUnassigned], (await NotesAsync()).Select(note => note.Act));
        Assert.Equal(SetupProblem.WasNobodys, await Desk.ReplaceAsync(Old, New, Who, default));
    }

    [Fact]
    public async Task User_numbers_are_not_taken_over_for_the_other_device_may_keep_somebody_else_under_them()
    {
        await AddAsync(Old);
        await AddAsync(New);
        await _registry.AssignAsync(Old, 1, SampleReadings.Patient, SampleReadings.Start.AddDays(-9), default);
        Assert.Equal(SetupProblem.UsersByNumber, await Desk.ReplaceAsync(Old, New, Who, default));
        Assert.Empty((await FindAsync(New)).People);
        Assert.Empty(await NotesAsync());
    }

    [Fact]
    public async Task A_device_that_has_people_takes_over_nobodys_and_none_takes_its_own_place()
    {
        await AddAsync(Old);
        await AddAsync(New);
        await _registry.AssignAsync(Old, null, SampleReadings.Patient, SampleReadings.Start, default);
        await _registry.AssignAsync(New, null, SampleReadings.OtherPatient, SampleReadings.Start, default);
        Assert.Equal(SetupProblem.WasSomebodyElses, await Desk.ReplaceAsync(Old, New, Who, default));
        Assert.Equal(SetupProblem.NotSetUp, await Desk.ReplaceAsync(Old, Old, Who, default));
        Assert.Equal(SampleReadings.OtherPatient, (await FindAsync(New)).Patient);
        Assert.Empty(await NotesAsync());
    }

    private Task AddAsync(string address) =>
        _registry.SaveAsync(new RegisteredDevice { Address = address, Patient = null, PairedAt = SampleReadings.Start.AddDays(-10) }, default);

    private async Task<RegisteredDevice> FindAsync(string address) => (await _registry.FindAsync(address, default))!;

    private async Task<AuditNote[]> NotesAsync() => [.. (await _audit.ReadAsync(0, 100, default)).Select(entry => entry.Note)];
}
