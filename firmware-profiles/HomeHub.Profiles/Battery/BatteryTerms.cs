namespace HomeHub.Profiles.Battery;

/// <summary>IEEE 11073-10101 terms of the battery.</summary>
public static class BatteryTerms
{
    /// <summary>What is left of the battery's charge.</summary>
    public static readonly MdcTerm Level = new(67996, "MDC_ATTR_VAL_BATT_CHARGE");
}
