using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Core.Sessions;

/// <summary>What a service's stored records are like, as far as their transfer is concerned.</summary>
/// <param name="Characteristic">16-bit UUID of the characteristic that tells them; 0 where it is not known.</param>
public sealed record RecordRules(ushort Characteristic)
{
    /// <summary>
    /// How close to 65535 a Sequence Number makes a request by number doubtful: after the wrap the newest records have the lowest numbers. Twice what the
    /// largest memory that is known holds.
    /// </summary>
    public const ushort WrapWindow = 2_000;

    /// <summary>Whether records have a number that a request can filter by.</summary>
    public bool IsNumbered { get; init; }

    /// <summary>Whether a request can filter by User Facing Time.</summary>
    public bool HasTimes { get; init; }

    /// <summary>
    /// Whether numbers count the device's records through its life: they may wrap around and, after a battery change, start anew beside records that are
    /// kept. Then the last record is looked at before a transfer by number counts as complete.
    /// </summary>
    public bool CountsForLife { get; init; }

    /// <summary>What can be deleted at once.</summary>
    public DeletionScope Deletion { get; init; }

    /// <summary>Glucose Service 1.0.1: Sequence Numbers, and User Facing Time.</summary>
    public static readonly RecordRules Glucose = new(GlucoseProfile.MeasurementUuid) 
    {
        IsNumbered = true, HasTimes = true, CountsForLife = true, Deletion = DeletionScope.UpToNumber,
    };

    /// <summary>CGM Service 1.0.2: minutes since the session's start, which is part of a record's identity.</summary>
    public static readonly RecordRules ContinuousGlucose = new(CgmProfile.MeasurementUuid) { IsNumbered = true, Deletion = DeletionScope.UpToNumber };

    /// <summary>Pulse Oximeter Service 1.0.1: spot-checks have no number; their stamp identifies them.</summary>
    public static readonly RecordRules PulseOximeter = new(PulseOximeterProfile.SpotCheckUuid) { Deletion = DeletionScope.All };

    /// <summary>Any other service: all that it has is asked for.</summary>
    public static readonly RecordRules Other = new(0);

    /// <summary>The rules of a service.</summary>
    public static RecordRules Of(ushort service) => service switch
    {
        0x1808 => Glucose,
        0x181F => ContinuousGlucose,
        0x1822 => PulseOximeter,
        _ => Other,
    };

    /// <summary>Whether numbers may have wrapped around after <paramref name="number"/>.</summary>
    public bool IsNearWrap(ushort number) => CountsForLife && number > ushort.MaxValue - WrapWindow;
}
