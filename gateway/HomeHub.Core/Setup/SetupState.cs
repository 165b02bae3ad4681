using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>Where setting a device up stands.</summary>
/// <param name="Stage">Where.</param>
public sealed record SetupState(SetupStage Stage)
{
    /// <summary>The number to be typed or compared, 0 to 999999; null where there is none.</summary>
    public uint? Passkey { get; init; }

    /// <summary>Why it failed, where the hub's rules say so; else null.</summary>
    public SetupProblem? Problem { get; init; }

    /// <summary>Why it failed, where radio, device or person did not do their part; else null.</summary>
    public PeripheralFault? Fault { get; init; }

    /// <summary>The address by which the device is known once it is set up; null before.</summary>
    public string? KnownAs { get; init; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Stage is SetupStage.Done or SetupStage.Failed or SetupStage.GivenUp;

    /// <summary>Whether a person is waited for.</summary>
    public bool AsksSomebody => Stage is SetupStage.PasskeyAsked or SetupStage.ComparisonAsked;
}
