using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Moving;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Testing.Consent;

namespace HomeHub.Sqlite.Tests.Moving;

/// <summary>An old hub with readings in every state, and a new one that has run and is empty; real files.</summary>
public sealed class MovingBench : IDisposable
{
    public const string Cuff = "C0:FF:EE:00:00:01", Scale = "C0:FF:EE:00:00:02", Who = "nurse, at the pages";

    public static readonly DateTimeOffset Now = SampleReadings.Start.AddDays(1);

    public BufferFolder Old { get; } = new();

    public BufferFolder New { get; } = new();

    public string Archive => Old.Path + ".archive";

    public TransferCode Code { get; } = TransferCode.Create();

    public HubIdentity OldHub { get; private set; } = null!;

    public HubIdentity NewHub { get; private set; } = null!;

    /// <summary>What the old hub has: 0 buffered, 1 leased, 2 receipted, 3 rejected, 4 local, 5 withheld, 6 nobody's, 7 discarded, 8 taken back after it was receipted, 9 in quarantine, and many more that wait.</summary>
    public async Task FillAsync(int more = 0)
    {
        await using (SqliteReadingBuffer buffer = await Old.OpenAsync())
        {
            OldHub = buffer.Hub;
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToSend(), SampleReadings.BloodPressure(2).ToSend(), SampleReadings.BloodPressure(3).ToSend(), SampleReadings.BloodPressure(8).ToSend()], default);
            IReadOnlyList<BufferedReading> leased = await buffer.LeaseAsync(Recipient.CareTeam, 4, Now, default);
            await buffer.SettleAsync(Recipient.CareTeam, [leased[1].Id, leased[3].Id], [new RejectedReading(leased[2].Id, "invalid-entry")], Now, default);
            await buffer.AppendAsync(
                [
                    SampleReadings.BloodPressure(0).ToSend(), SampleReadings.BloodPressure(4).ToKeep(),
                    new NewReading(SampleReadings.BloodPressure(5), [new NewDelivery(Recipient.CareTeam, DeliveryState.Withheld)]),
                    new NewReading(SampleReadings.BloodPressure(6, PatientReference.Nobody) with { Unassigned = UnassignedReason.DeviceOfNobody }, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]),
                    new NewReading(SampleReadings.BloodPressure(7, PatientReference.Nobody) with { Unassigned = UnassignedReason.DeviceOfNobody }, [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]),
                ],
                default);
            long discarded = (await ListUnassignedAsync(buffer)).Max();
            Assert.Equal(ActOutcome.Done, await buffer.ActAsync(new ReadingAct(Guid.NewGuid(), ActKind.Discard, discarded, Now, Who, "test", null), _ => [], default));
            Assert.Equal(ActOutcome.Done, await buffer.ActAsync(new ReadingAct(Guid.NewGuid(), ActKind.TakeBack, leased[3].Id, Now, Who, "guest", null), _ => [], default));
            await buffer.QuarantineAsync([SampleReadings.Rejected(9)], default);
            if (more > 0)
            {
                await buffer.AppendAsync(SampleReadings.Many(1000, more), default);
            }
        }

        await FillOthersAsync();
        await using SqliteReadingBuffer other = await New.OpenAsync();
        NewHub = other.Hub;
    }

    public Task<MovedHub> PackAsync(string? to = null) => HistoryMoves.PackAsync(Old.Path, to ?? Archive, Code, Who, TimeProvider.System, default);

    public async Task TakeInAsync(TransferCode? code = null)
    {
        using FileStream archive = File.OpenRead(Archive);
        await HistoryMoves.TakeInAsync(New.Path, NewHub, archive, code ?? Code, Who, Now, default);
    }

    public async Task<MoveProblem> RefusedAsync(TransferCode? code = null) => (await Assert.ThrowsAsync<MoveException>(() => TakeInAsync(code))).Problem;

    public Task SettleAsync(string folder) => HistoryMoves.SettleAsync(folder, TimeProvider.System, default);

    public static async Task<IReadOnlyList<AuditEntry>> ReadAuditAsync(string folder)
    {
        await using SqliteAuditLog audit = await SqliteAuditLog.OpenAsync(folder, default);
        Assert.Null((await audit.VerifyAsync(null, default)).BrokenAt);
        return await audit.ReadAsync(0, 100, default);
    }

    public static async Task<List<long>> ListUnassignedAsync(IReadingBuffer buffer)
    {
        List<long> ids = [];
        await foreach (UnassignedReading reading in buffer.ReadUnassignedAsync(default))
        {
            ids.Add(reading.Reading.Id);
        }

        return ids;
    }

    public void Dispose()
    {
        Old.Dispose();
        New.Dispose();
        File.Delete(Archive);
    }

    private async Task FillOthersAsync()
    {
        await using (SqliteDeviceRegistry devices = await SqliteDeviceRegistry.OpenAsync(Old.Path, default))
        {
            await devices.SaveAsync(new RegisteredDevice { Address = Cuff, Name = "BPX-100", Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start, Bond = BondSecurity.SecureConnections }, default);
            await devices.SaveAsync(new RegisteredDevice { Address = Scale, Patient = SampleReadings.OtherPatient, PairedAt = SampleReadings.Start }, default);
            await devices.SetMemoryAsync(Cuff, new DeviceMemory { Firmware = "1.2", Marks = [new RecordMark(0x1810, 7, 99)] }, default);
        }

        await using (SqliteConsentBook consents = await SqliteConsentBook.OpenAsync(Old.Path, default))
        {
            await consents.DecideAsync(SampleConsents.All(), default);
        }

        await using (SqliteAuditLog audit = await SqliteAuditLog.OpenAsync(Old.Path, default))
        {
            await audit.AddAsync(new AuditNote(SampleReadings.Start, AuditActs.DevicePaired, Who, SampleReadings.Patient, Cuff), default);
        }

        await using SqliteHousehold household = await SqliteHousehold.OpenAsync(Old.Path, default);
        string code = (await household.EnsureClaimCodeAsync(ClaimCode.Create(), default))!;
        Assert.True(await household.ClaimAsync(code, "the nurse's", default));
        await household.AddPeopleAsync([SampleReadings.Patient], default);
        await household.SetPinAsync(1, "the person's", default);
        await household.AddTryAsync("0", Now, default);
        await household.SetSettingAsync(HouseholdSettings.TimeZone, "Europe/Madrid", default);
        await household.SetSettingAsync(HouseholdSettings.OfTheMachine[0], "- nurse", default);
    }
}
