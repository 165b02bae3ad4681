using System.Collections;
using HomeHub.Core.Identity;

namespace HomeHub.Core.People;

/// <summary>The users of a device, by User Index, each index once. Immutable; two with the same slots are equal.</summary>
public sealed class UserSlots : IReadOnlyList<UserSlot>, IEquatable<UserSlots>
{
    /// <summary>None: the device is used by one person, or by nobody.</summary>
    public static readonly UserSlots None = new([]);

    private readonly UserSlot[] _slots;

    private UserSlots(UserSlot[] slots) => _slots = slots;

    /// <inheritdoc/>
    public int Count => _slots.Length;

    /// <inheritdoc/>
    public UserSlot this[int index] => _slots[index];

    /// <summary>Slots in any order.</summary>
    /// <exception cref="ArgumentException">An index comes twice, or is that of the unknown user.</exception>
    public static UserSlots Of(IEnumerable<UserSlot> slots)
    {
        UserSlot[] sorted = [.. slots.OrderBy(slot => slot.UserIndex)];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].UserIndex == UserSlot.UnknownUser || (i > 0 && sorted[i].UserIndex == sorted[i - 1].UserIndex))
            {
                throw new ArgumentException("Each User Index from 0 to 254 is one person's.", nameof(slots));
            }
        }

        return sorted.Length == 0 ? None : new UserSlots(sorted);
    }

    /// <summary>The slot of a User Index; null when it is nobody's.</summary>
    public UserSlot? Find(byte userIndex) => Array.Find(_slots, slot => slot.UserIndex == userIndex);

    /// <summary>
    /// These and a person in a slot. Who has that slot already keeps it since when it was, and keeps the code unless there is another.
    /// </summary>
    public UserSlots With(byte userIndex, PatientReference patient, DateTimeOffset assignedAt, ushort? consentCode = null)
    {
        UserSlot? before = Find(userIndex);
        UserSlot slot = before?.Patient == patient ? before : new UserSlot(userIndex, patient, assignedAt);
        slot = slot with { ConsentCode = consentCode ?? slot.ConsentCode };
        return slot == before ? this : Of([.. _slots.Where(other => other.UserIndex != userIndex), slot]);
    }

    /// <inheritdoc/>
    public bool Equals(UserSlots? other) => other is not null && _slots.AsSpan().SequenceEqual(other._slots);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as UserSlots);

    /// <inheritdoc/>
    public override int GetHashCode() => _slots.Length == 0 ? 0 : HashCode.Combine(_slots.Length, _slots[0]);

    /// <inheritdoc/>
    public IEnumerator<UserSlot> GetEnumerator() => ((IEnumerable<UserSlot>)_slots).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
