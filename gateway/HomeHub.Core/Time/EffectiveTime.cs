namespace HomeHub.Core.Time;

/// <summary>When something was measured, in civil time, and how the hub knows.</summary>
/// <param name="Instant">Time with the hub's offset at that instant.</param>
/// <param name="Use">How it came about.</param>
public readonly record struct EffectiveTime(DateTimeOffset Instant, StampUse Use)
{
    /// <summary>True when the device's stamp may identify the record towards the cloud (conditional-create identifier).</summary>
    public bool StampIdentifies => Use is StampUse.Mapped or StampUse.AsReported;
}
