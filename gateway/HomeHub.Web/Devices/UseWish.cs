using HomeHub.Core.Identity;

namespace HomeHub.Web.Devices;

/// <summary>Who shall use a device, as it was filled in.</summary>
/// <param name="Patient">Who, of the household or new to it; null: not said, or it can't be anybody.</param>
/// <param name="Slot">User number on the device; null: the person uses it alone.</param>
/// <param name="Code">The user's code on the device; null: none.</param>
/// <param name="Since">Since when; null: from now on.</param>
public sealed record UseWish(PatientReference? Patient, byte? Slot, ushort? Code, DateTimeOffset? Since)
{
    /// <summary>Whether each field could be read: person, slot, code, date.</summary>
    public (bool Person, bool Slot, bool Code, bool Since) IsRight { get; init; } = (true, true, true, true);

    /// <summary>The fields as they were typed: reference of somebody new, slot, code, date.</summary>
    public (string New, string Slot, string Code, string Since) Typed { get; init; } = ("", "", "", "");

    /// <summary>Whether all of it could be read.</summary>
    public bool IsAllRight => IsRight is (true, true, true, true);
}
