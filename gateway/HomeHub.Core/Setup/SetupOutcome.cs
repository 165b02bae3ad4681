using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>What came of setting a device up: the device, or why not.</summary>
/// <param name="Device">The device as it is registered; null where there is a problem.</param>
/// <param name="Problem">Why not; null where it is set up.</param>
public sealed record SetupOutcome(RegisteredDevice? Device, SetupProblem? Problem);
