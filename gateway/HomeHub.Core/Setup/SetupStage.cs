namespace HomeHub.Core.Setup;

/// <summary>Where setting a device up stands, for whoever looks at it from a page.</summary>
public enum SetupStage
{
    /// <summary>The device is listened for.</summary>
    Listening,

    /// <summary>Hub and device pair by themselves.</summary>
    Pairing,

    /// <summary>The device shows a number, which a person has to tell.</summary>
    PasskeyAsked,

    /// <summary>A number has to be typed into the device.</summary>
    PasskeyShown,

    /// <summary>A person has to say whether the device shows the same number.</summary>
    ComparisonAsked,

    /// <summary>It is set up.</summary>
    Done,

    /// <summary>It is not: <see cref="SetupState.Problem"/> or <see cref="SetupState.Fault"/> says why.</summary>
    Failed,

    /// <summary>A person gave it up.</summary>
    GivenUp,
}
