using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>Whose a device may become, and how it is noted. Pure.</summary>
public static class DevicePeople
{
    /// <summary>Looks whether a device, or a slot of it, can have been a person's since before now: not where it was somebody else's until now.</summary>
    public static bool HadAnother(RegisteredDevice device, byte? userIndex, PatientReference person) =>
        Predecessor(device, userIndex) is { } predecessor && predecessor != person;

    /// <summary>Whose a device, or a slot of it, was until now; null: nobody's.</summary>
    public static PatientReference? Predecessor(RegisteredDevice device, byte? userIndex) =>
        userIndex is { } asked ? device.Slots.Find(asked)?.Patient ?? device.Patient : device.Patient;

    /// <summary>The device with its people from now on, or why not. Who sets it up again for a person who uses it already changes nobody's.</summary>
    /// <param name="before">What is known of it; null: it is new.</param>
    /// <param name="address">The address that it has.</param>
    /// <param name="request">What is wanted.</param>
    /// <param name="now">Now, or where the clock is not known, since when it is the person's.</param>
    public static (RegisteredDevice? Device, SetupProblem? Problem) Choose(RegisteredDevice? before, string address, SetupRequest request, DateTimeOffset now)
    {
        RegisteredDevice known = before ?? new RegisteredDevice { Address = address, Patient = null, PairedAt = now };
        if (request.Patient is not { } patient)
        {
            return (known, null);
        }

        if (request.Since is not null && HadAnother(known, request.UserIndex, patient))
        {
            return (null, SetupProblem.WasSomebodyElses);
        }

        if (request.UserIndex is { } index)
        {
            return (WithSlot(known, index, patient, request.Since ?? now, request.ConsentCode), null);
        }

        if (known.Slots.Count > 0)
        {
            return known.People.Contains(patient) ? (known, null) : (null, SetupProblem.UserNotNamed);
        }

        return (known.Patient == patient ? known : known with { Patient = patient, PairedAt = now, AssignedAt = request.Since }, null);
    }

    /// <summary>The device with a slot that is a person's. It is one person's no more.</summary>
    public static RegisteredDevice WithSlot(RegisteredDevice device, byte userIndex, PatientReference person, DateTimeOffset since, ushort? consentCode) =>
        device with { Patient = null, AssignedAt = null, Slots = device.Slots.With(userIndex, person, since, consentCode) };
}
