using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// What is known of a payload that was received while the hub did not know its time, and never learnt it. With the moment of that start of the system, or with a
/// clock of the device that was right, its time can be worked out.
/// </summary>
/// <param name="Taken">When it was received.</param>
/// <param name="DeviceTime">What the device's clock showed in the same connection (2A2B and its like); null where it was not read, or shows no date.</param>
/// <param name="DeviceTimeRead">Time since the start of the system at which it showed that; null with <paramref name="DeviceTime"/>, or where it was not noted.</param>
public sealed record UnplacedTime(BootMoment Taken, PhdTimestamp? DeviceTime, TimeSpan? DeviceTimeRead);
