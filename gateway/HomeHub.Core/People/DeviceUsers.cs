using HomeHub.Core.Identity;

namespace HomeHub.Core.People;

/// <summary>Who uses a device: one person, or several by their slots, or nobody.</summary>
/// <param name="Owner">The one person; null where people have slots, or nobody uses it.</param>
/// <param name="OwnerSince">Since when; older records are not the owner's.</param>
/// <param name="Slots">The people by slot.</param>
/// <param name="ToldAllAt">
/// When the last connection began in which the device told everything that it had; null: never. What it tells for the first time after that was
/// measured after it.
/// </param>
public sealed record DeviceUsers(PatientReference? Owner, DateTimeOffset OwnerSince, UserSlots Slots, DateTimeOffset? ToldAllAt = null);
