using HomeHub.Core.Identity;
using HomeHub.Core.Time;

namespace HomeHub.Core.People;

/// <summary>
/// Whose a record of a device that was set up is, or why it is nobody's. Pure. In doubt it is nobody's: a person can assign it, and nobody can take back
/// that a stranger's value was acted on (docs/decisions/0029).
/// </summary>
public static class OwnerRules
{
    /// <summary>Decides.</summary>
    public static OwnerDecision Decide(DeviceUsers users, in OwnerFacts record)
    {
        ArgumentNullException.ThrowIfNull(users);
        if (users.Slots.Count == 0)
        {
            return users.Owner is not { } owner
                ? Nobody(UnassignedReason.DeviceOfNobody)
                : record is { UserIndex: UserSlot.UnknownUser, ConcernsDevice: false }
                    ? Nobody(UnassignedReason.UnknownUser)
                    : Since(owner, users.OwnerSince, users, record);
        }

        // What is said about the device alone names nobody: it goes along with what is sent of its first user.
        UserSlot? slot = record.ConcernsDevice ? users.Slots[0] : record.UserIndex is { } index ? users.Slots.Find(index) : null;
        return slot is not null
            ? Since(slot.Patient, slot.AssignedAt, users, record)
            : Nobody(record.UserIndex switch
            {
                null => UnassignedReason.NoUserIndex,
                UserSlot.UnknownUser => UnassignedReason.UnknownUser,
                _ => UnassignedReason.SlotOfNobody,
            });
    }

    /// <summary>The person's, unless it was measured before it was the person's device.</summary>
    private static OwnerDecision Since(PatientReference patient, DateTimeOffset since, DeviceUsers users, in OwnerFacts record)
    {
        // Effective times have whole seconds where they come from stamps.
        DateTimeOffset from = since.AddTicks(-(since.UtcTicks % TimeSpan.TicksPerSecond));
        if (IsTimeKnown(record))
        {
            return record.Effective.Instant < from ? Nobody(UnassignedReason.OlderThanAssignment)
                : record.Effective.Instant < record.KnownSince ? Nobody(UnassignedReason.MaybeKnownBefore)
                : new OwnerDecision(patient, UnassignedReason.None);
        }

        // It comes for the first time (a record that came before is a duplicate), so the device did not have it when it told all.
        // What was told before the hub forgot what it knew shows nothing.
        bool isNewer = record.IsToldApart && users.ToldAllAt >= from && users.ToldAllAt >= (record.KnownSince ?? from) && record.ReceivedAt >= users.ToldAllAt;
        return isNewer ? new OwnerDecision(patient, UnassignedReason.None) : Nobody(UnassignedReason.TimeNotKnown);
    }

    /// <summary>
    /// False where the time of reception stands for one that is not known. A record without a stamp that was not in the device's memory is told as it is
    /// measured, so its reception is its time; one with a stamp that can't be used may have been stored for years.
    /// </summary>
    private static bool IsTimeKnown(in OwnerFacts record) => record.Effective.Use switch
    {
        StampUse.None => !record.IsStored,
        StampUse.NotUsable => record.IsLive,
        _ => true,
    };

    private static OwnerDecision Nobody(UnassignedReason reason) => new(PatientReference.Nobody, reason);
}
