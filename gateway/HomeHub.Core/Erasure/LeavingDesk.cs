using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Household;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Erasure;

/// <summary>
/// Where everything of a person who leaves is erased: consents are withdrawn and devices become nobody's first, so that nothing new comes and nothing goes, then readings, then name, PIN and
/// what was set. Ended in the middle, it is done again from the start: the person is there until all else is gone. What was decided about data, and what persons did, stays: it holds no value,
/// and proves that it was right. Not while payloads are held for want of a time (<see cref="Holding"/>): they would become the person's later.
/// </summary>
/// <param name="erasure">Erases readings.</param>
/// <param name="household">Name, PIN and settings.</param>
/// <param name="devices">The devices.</param>
/// <param name="consents">What was decided.</param>
/// <param name="audit">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="drain">How long what a device told just before may still be on its way into the buffer; zero where no device is read.</param>
public sealed class LeavingDesk(
    ErasureDesk erasure, IHousehold household, IDeviceRegistry devices, IConsentBook consents, IAuditLog audit, TimeProvider time, TimeSpan drain)
{
    /// <summary>Erases everything.</summary>
    /// <param name="person">Who leaves.</param>
    /// <param name="who">Who says so, as the audit log tells it.</param>
    /// <param name="cancellation">Ends it early; see above.</param>
    /// <returns>What can be shown for it.</returns>
    /// <exception cref="BufferException">A file failed; nothing says that all is gone.</exception>
    public async Task<LeavingProof> LeaveAsync(HouseholdPerson person, string who, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        string? before = (await audit.ReadLastAsync(cancellation).ConfigureAwait(false))?.Mark;
        int taken = 0;
        await WithdrawAsync(person, who, cancellation).ConfigureAwait(false);
        foreach (RegisteredDevice device in await devices.ListAsync(cancellation).ConfigureAwait(false))
        {
            taken += await TakeAsync(device, person, who, cancellation).ConfigureAwait(false) ? 1 : 0;
        }

        if (taken > 0 && drain > TimeSpan.Zero)
        {
            await Task.Delay(drain, time, cancellation).ConfigureAwait(false);
        }

        ErasedReadings erased = await erasure.EraseAsync(person.Patient, withWaiting: true, who, cancellation).ConfigureAwait(false);
        DateTimeOffset at = time.GetLocalNow();
        string? about = AuditAbout.Of((AuditDetail.Erased, erased.Erased), (AuditDetail.NotUnderstood, erased.Payloads), (AuditDetail.Devices, taken), (AuditDetail.LogBefore, before));

        // Noted before the person goes: whoever is not listed any more could not be let go once more, were it not noted.
        AuditEntry entry = await audit.AddAsync(new AuditNote(at, AuditActs.PersonLeft, who, person.Patient, about), cancellation).ConfigureAwait(false);
        await household.SetSettingAsync(HouseholdSettings.GlucoseUnitOf(person.Number), null, cancellation).ConfigureAwait(false);
        await household.RemovePersonAsync(person.Number, cancellation).ConfigureAwait(false);
        return new LeavingProof(at, who, person.Patient, erased, taken, before, entry.Mark);
    }

    private async Task WithdrawAsync(HouseholdPerson person, string who, CancellationToken cancellation)
    {
        ConsentDecision[] withdrawn =
        [
            .. consents.State.Decisions.Where(decision => decision.Patient == person.Patient && decision.Answer == ConsentAnswer.Given)
                .Select(decision => decision with { Answer = ConsentAnswer.Withdrawn, At = time.GetLocalNow(), Present = who, From = null }),
        ];
        if (withdrawn.Length > 0)
        {
            await new ConsentDesk(consents, audit).DecideAsync(withdrawn, who, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> TakeAsync(RegisteredDevice device, HouseholdPerson person, string who, CancellationToken cancellation)
    {
        bool isTaken = false;
        byte?[] places = device.Patient == person.Patient
            ? [null]
            : [.. device.Slots.Where(slot => slot.Patient == person.Patient).Select(slot => (byte?)slot.UserIndex)];
        foreach (byte? slot in places)
        {
            if (await devices.UnassignAsync(device.Address, slot, cancellation).ConfigureAwait(false))
            {
                var note = new AuditNote(time.GetLocalNow(), AuditActs.DeviceUnassigned, who, person.Patient, AuditAbout.OfDevice(device.Address, slot));
                await audit.AddAsync(note, cancellation).ConfigureAwait(false);
                isTaken = true;
            }
        }

        return isTaken;
    }
}
