using HomeHub.Core.Identity;
using HomeHub.Core.People;

namespace HomeHub.Core.Peripherals;

/// <summary>A device that a nurse has set up.</summary>
public sealed record RegisteredDevice
{
    /// <summary>Identity address, upper case.</summary>
    public required string Address { get; init; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public AddressType AddressType { get; init; }

    /// <summary>Name that it advertised; null when it told none.</summary>
    public string? Name { get; init; }

    /// <summary>The one person who uses it; null where people have <see cref="Slots"/>, or nobody uses it.</summary>
    public required PatientReference? Patient { get; init; }

    /// <summary>When it was set up, and for another owner set up anew.</summary>
    public required DateTimeOffset PairedAt { get; init; }

    /// <summary>Since when it is <see cref="Patient"/>'s, where that is not since <see cref="PairedAt"/>; older records are not the patient's.</summary>
    public DateTimeOffset? AssignedAt { get; init; }

    /// <summary>The people who use it, by the number under which it keeps each one's records; none where one person uses it. Never beside an owner.</summary>
    public UserSlots Slots { get; init; } = UserSlots.None;

    /// <summary>When the last connection began in which it told everything that it had; null: never. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public DateTimeOffset? ToldAllAt { get; init; }

    /// <summary>Who uses it.</summary>
    public DeviceUsers Users => new(Patient, AssignedAt ?? PairedAt, Slots, ToldAllAt);

    /// <summary>The people who use it, as they are shown.</summary>
    public IEnumerable<PatientReference> People => Patient is { } owner ? [owner] : Slots.Select(slot => slot.Patient).Distinct();

    /// <summary>How its bond came about; null for a device that is used without one.</summary>
    public BondSecurity? Bond { get; init; }

    /// <summary>When it was last connected; null: never. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public DateTimeOffset? LastSessionAt { get; init; }

    /// <summary>When it last told a measurement; null: never. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public DateTimeOffset? LastValueAt { get; init; }

    /// <summary>Battery level that it told last, in per cent; null: it told none yet. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public int? BatteryPercent { get; init; }

    /// <summary>What its clock showed when it was last compared; null: never, or it has none. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public DeviceClockNote? Clock { get; init; }

    /// <summary>How often a measurement of it is expected by the plan; null: there is none. Set by <see cref="IDeviceRegistry.ExpectAsync"/>.</summary>
    public TimeSpan? ExpectedEvery { get; init; }

    /// <summary>What hinders its use since then, with what to do in words for a person; null while all is well.</summary>
    public DeviceTrouble? Trouble { get; init; }
}
