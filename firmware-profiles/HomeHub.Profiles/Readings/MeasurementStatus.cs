namespace HomeHub.Profiles;

/// <summary>What the device says about the measurement of a record as a whole (MDC_ATTR_MSMT_STAT and its GATT counterparts).</summary>
[Flags]
public enum MeasurementStatus : ushort
{
    /// <summary>Nothing special.</summary>
    None = 0,

    /// <summary>The value is invalid: it is not used.</summary>
    Invalid = 1,

    /// <summary>There is no value to give.</summary>
    NotAvailable = 2,

    /// <summary>The device doubts the value.</summary>
    Questionable = 4,

    /// <summary>The device is calibrating.</summary>
    Calibrating = 8,

    /// <summary>The value was validated.</summary>
    Validated = 16,

    /// <summary>An early estimate, not the final value.</summary>
    EarlyEstimate = 32,

    /// <summary>Test or demonstration data.</summary>
    TestData = 64,

    /// <summary>Entered by hand.</summary>
    ManuallyEntered = 128,
}
