namespace HomeHub.Core.Peripherals;

/// <summary>How long the steps of connecting took, each from the call of <see cref="ICentral.ConnectAsync"/>.</summary>
/// <param name="Waited">Until the attempt began: others were connecting, scanning had to stop.</param>
/// <param name="Connected">Until the link was there.</param>
/// <param name="Resolved">Until the services were known, and the link encrypted where a bond exists.</param>
public readonly record struct ConnectionTimes(TimeSpan Waited, TimeSpan Connected, TimeSpan Resolved);
