namespace HomeHub.Profiles;

/// <summary>Why a value is absent; the names of FHIR's data-absent-reason that a device's data can lead to.</summary>
public enum AbsenceReason : byte
{
    /// <summary>The value is there.</summary>
    None,

    /// <summary>MDER NaN: the device has no number to give.</summary>
    NotANumber,

    /// <summary>MDER +INFINITY: above what the device can express ("HI").</summary>
    PositiveInfinity,

    /// <summary>MDER -INFINITY: below what the device can express ("LO").</summary>
    NegativeInfinity,

    /// <summary>MDER NRes or reserved value, an invalid measurement, or a number that can't be kept exactly.</summary>
    Error,

    /// <summary>The device says that the measurement is not available.</summary>
    NotPerformed,
}
