namespace HomeHub.Profiles.HealthThermometer;

/// <summary>IEEE 11073-10101 terms of the thermometer (IEEE 11073-10408).</summary>
public static class TemperatureTerms
{
    /// <summary>Body temperature, general or where the site is not known.</summary>
    public static readonly MdcTerm Body = new(150364, "MDC_TEMP_BODY");

    /// <summary>In the armpit.</summary>
    public static readonly MdcTerm Armpit = new(188452, "MDC_TEMP_AXILLA");

    /// <summary>In the ear (usually the lobe).</summary>
    public static readonly MdcTerm Ear = new(188428, "MDC_TEMP_EAR");

    /// <summary>On a finger.</summary>
    public static readonly MdcTerm Finger = new(188432, "MDC_TEMP_FINGER");

    /// <summary>In the gastro-intestinal tract.</summary>
    public static readonly MdcTerm GastroIntestinal = new(188456, "MDC_TEMP_GIT");

    /// <summary>In the mouth.</summary>
    public static readonly MdcTerm Mouth = new(188424, "MDC_TEMP_ORAL");

    /// <summary>In the rectum.</summary>
    public static readonly MdcTerm Rectum = new(188420, "MDC_TEMP_RECT");

    /// <summary>On a toe.</summary>
    public static readonly MdcTerm Toe = new(188448, "MDC_TEMP_TOE");

    /// <summary>At the ear drum.</summary>
    public static readonly MdcTerm Tympanum = new(150392, "MDC_TEMP_TYMP");

    /// <summary>Device specialization.</summary>
    public static readonly MdcTerm Specialization = new(528392, "MDC_DEV_SPEC_PROFILE_TEMP");

    /// <summary>
    /// The term of a Temperature Type (GATT Specification Supplement, Temperature Type: 1 armpit to 9 tympanum). Absent and reserved values
    /// (0, 10 to 255) give <see cref="Body"/>: the temperature is one of the body, whatever the site.
    /// </summary>
    public static MdcTerm OfType(byte? type) => type switch
    {
        1 => Armpit,
        3 => Ear,
        4 => Finger,
        5 => GastroIntestinal,
        6 => Mouth,
        7 => Rectum,
        8 => Toe,
        9 => Tympanum,
        _ => Body,
    };
}
