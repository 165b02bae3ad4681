using HomeHub.Core.Identity;

namespace HomeHub.Core.People;

/// <summary>A user of a device that several people use, by the number under which the device keeps that user's records.</summary>
/// <param name="UserIndex">User Index of the device, 0 to 254; 255 is the unknown user and nobody's (GATT Specification Supplement, User Index).</param>
/// <param name="Patient">Who it is.</param>
/// <param name="AssignedAt">Since when; older records of the slot are not this person's.</param>
public sealed record UserSlot(byte UserIndex, PatientReference Patient, DateTimeOffset AssignedAt)
{
    /// <summary>
    /// The code by which the device lets the hub have this user's records, 0 to 9999 (User Data Service 1.0, 3.5.2.2); null where it asks for none. Shown to
    /// nobody.
    /// </summary>
    public ushort? ConsentCode { get; init; }

    /// <summary>User Index of a user whom the device does not know.</summary>
    public const byte UnknownUser = 255;

    /// <summary>Highest User Index that can be somebody's.</summary>
    public const byte MaxUserIndex = 254;
}
