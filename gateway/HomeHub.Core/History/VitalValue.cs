using HomeHub.Profiles;

namespace HomeHub.Core.History;

/// <summary>One value of a vital sign, as the device said it.</summary>
/// <param name="Sign">What.</param>
/// <param name="At">When it was measured.</param>
/// <param name="Device">Address of the device, upper case.</param>
/// <param name="Value">The number, of a blood pressure the systolic one, or why there is none.</param>
/// <param name="Second">The diastolic pressure; null for all other signs.</param>
/// <param name="Unit">Unit of the numbers.</param>
/// <param name="IsDoubtful">True where the device itself doubts the number: it is shown with that, and compared with nothing.</param>
public sealed record VitalValue(VitalSign Sign, DateTimeOffset At, string Device, MeasuredValue Value, MeasuredValue? Second, Unit Unit, bool IsDoubtful)
{
    /// <summary>True when every number of it is there.</summary>
    public bool IsPresent => Value.IsPresent && Second is null or { IsPresent: true };
}
