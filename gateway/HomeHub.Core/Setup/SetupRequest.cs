using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>A device that a person wants to set up.</summary>
public sealed record SetupRequest
{
    /// <summary>Its address, upper case.</summary>
    public required string Address { get; init; }

    /// <summary>Whose it is; null: nobody's yet, or whose it was before.</summary>
    public PatientReference? Patient { get; init; }

    /// <summary>The user slot that is the patient's; null where the patient is the one person who uses the device, or has a slot already.</summary>
    public byte? UserIndex { get; init; }

    /// <summary>The code by which the device lets the hub have the user's records, 0 to 9999; null where it asks for none, or stays what it was.</summary>
    public ushort? ConsentCode { get; init; }

    /// <summary>Since when the patient uses it; null: from now on. What the hub knows already of the patient's use of it holds.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Whether the hub's clock is right; while it is not, <see cref="Since"/> is given, and stands for when it was set up as well.</summary>
    public required bool IsClockKnown { get; init; }

    /// <summary>Whether it is bonded; null: as its model needs it.</summary>
    public bool? Bonds { get; init; }

    /// <summary>Whether legacy pairing is accepted although its model does not say so.</summary>
    public bool AllowLegacy { get; init; }

    /// <summary>Its model, when the person named it; null: it is found by what it advertises.</summary>
    public CatalogueEntry? Model { get; init; }

    /// <summary>Who is asked for passkeys and comparisons.</summary>
    public required IPairingPrompt Prompt { get; init; }

    /// <summary>How long a device is waited for with which the hub is connected just now, before it is paired; zero: not at all.</summary>
    public TimeSpan BusyLimit { get; init; }
}
