using HomeHub.Core.Identity;

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

    /// <summary>Whose it is.</summary>
    public required PatientReference Patient { get; init; }

    /// <summary>When it was set up for this patient; older records are not the patient's.</summary>
    public required DateTimeOffset PairedAt { get; init; }

    /// <summary>How its bond came about; null for a device that is used without one.</summary>
    public BondSecurity? Bond { get; init; }

    /// <summary>When it was last connected; null: never. Set by <see cref="IDeviceRegistry.NoteSessionAsync"/>.</summary>
    public DateTimeOffset? LastSessionAt { get; init; }

    /// <summary>What hinders its use since then, with what to do in words for a person; null while all is well.</summary>
    public DeviceTrouble? Trouble { get; init; }
}
