namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>Op codes of the CGM Specific Ops Control Point (CGM Service 1.0.2, 3.8). A Get is answered by the op code that follows it.</summary>
public enum CgmOpCode : byte
{
    /// <summary>Not used by the specification.</summary>
    Reserved = 0x00,

    /// <summary>How often the sensor tells by itself is set.</summary>
    SetCommunicationInterval = 0x01,

    /// <summary>How often the sensor tells by itself is asked for.</summary>
    GetCommunicationInterval = 0x02,

    /// <summary>How often the sensor tells by itself.</summary>
    CommunicationInterval = 0x03,

    /// <summary>A calibration is set.</summary>
    SetCalibration = 0x04,

    /// <summary>A calibration is asked for by its Data Record Number.</summary>
    GetCalibration = 0x05,

    /// <summary>A calibration.</summary>
    Calibration = 0x06,

    /// <summary>The patient's high alert level is set.</summary>
    SetPatientHigh = 0x07,

    /// <summary>The patient's high alert level is asked for.</summary>
    GetPatientHigh = 0x08,

    /// <summary>The patient's high alert level.</summary>
    PatientHigh = 0x09,

    /// <summary>The patient's low alert level is set.</summary>
    SetPatientLow = 0x0A,

    /// <summary>The patient's low alert level is asked for.</summary>
    GetPatientLow = 0x0B,

    /// <summary>The patient's low alert level.</summary>
    PatientLow = 0x0C,

    /// <summary>The hypo alert level is set.</summary>
    SetHypo = 0x0D,

    /// <summary>The hypo alert level is asked for.</summary>
    GetHypo = 0x0E,

    /// <summary>The hypo alert level.</summary>
    Hypo = 0x0F,

    /// <summary>The hyper alert level is set.</summary>
    SetHyper = 0x10,

    /// <summary>The hyper alert level is asked for.</summary>
    GetHyper = 0x11,

    /// <summary>The hyper alert level.</summary>
    Hyper = 0x12,

    /// <summary>The alert level of the rate of decrease is set.</summary>
    SetRateOfDecrease = 0x13,

    /// <summary>The alert level of the rate of decrease is asked for.</summary>
    GetRateOfDecrease = 0x14,

    /// <summary>The alert level of the rate of decrease.</summary>
    RateOfDecrease = 0x15,

    /// <summary>The alert level of the rate of increase is set.</summary>
    SetRateOfIncrease = 0x16,

    /// <summary>The alert level of the rate of increase is asked for.</summary>
    GetRateOfIncrease = 0x17,

    /// <summary>The alert level of the rate of increase.</summary>
    RateOfIncrease = 0x18,

    /// <summary>A device specific alert is reset.</summary>
    ResetDeviceAlert = 0x19,

    /// <summary>The session is started.</summary>
    StartSession = 0x1A,

    /// <summary>The session is stopped.</summary>
    StopSession = 0x1B,

    /// <summary>How a procedure ended.</summary>
    ResponseCode = 0x1C,
}
