namespace HomeHub.Profiles;

/// <summary>The units that the profiles use. UCUM codes; texts as people write them.</summary>
public static class Units
{
    /// <summary>Millimetre of mercury.</summary>
    public static readonly Unit MmHg = new("mm[Hg]", "mmHg");

    /// <summary>Kilopascal.</summary>
    public static readonly Unit KPa = new("kPa", "kPa");

    /// <summary>Beats (heart or pulse) per minute.</summary>
    public static readonly Unit BeatsPerMinute = new("/min", "beats/min");

    /// <summary>Per cent.</summary>
    public static readonly Unit Percent = new("%", "%");

    /// <summary>Degree Celsius.</summary>
    public static readonly Unit Celsius = new("Cel", "°C");

    /// <summary>Degree Fahrenheit.</summary>
    public static readonly Unit Fahrenheit = new("[degF]", "°F");

    /// <summary>Kilogram.</summary>
    public static readonly Unit Kilogram = new("kg", "kg");

    /// <summary>Pound avoirdupois.</summary>
    public static readonly Unit Pound = new("[lb_av]", "lb");

    /// <summary>Kilogram per square metre.</summary>
    public static readonly Unit KilogramPerSquareMetre = new("kg/m2", "kg/m2");

    /// <summary>Centimetre.</summary>
    public static readonly Unit Centimetre = new("cm", "cm");

    /// <summary>Inch.</summary>
    public static readonly Unit Inch = new("[in_i]", "in");

    /// <summary>Kilojoule.</summary>
    public static readonly Unit Kilojoule = new("kJ", "kJ");

    /// <summary>Ohm.</summary>
    public static readonly Unit Ohm = new("Ohm", "Ohm");

    /// <summary>Millisecond.</summary>
    public static readonly Unit Millisecond = new("ms", "ms");

    /// <summary>Microvolt.</summary>
    public static readonly Unit Microvolt = new("uV", "µV");

    /// <summary>Milligram per decilitre.</summary>
    public static readonly Unit MilligramPerDecilitre = new("mg/dL", "mg/dL");

    /// <summary>Millimole per litre.</summary>
    public static readonly Unit MillimolePerLitre = new("mmol/L", "mmol/L");

    /// <summary>Milligram per decilitre and minute.</summary>
    public static readonly Unit MilligramPerDecilitreMinute = new("mg/dL/min", "mg/dL/min");

    /// <summary>Gram.</summary>
    public static readonly Unit Gram = new("g", "g");

    /// <summary>Milligram.</summary>
    public static readonly Unit Milligram = new("mg", "mg");

    /// <summary>Millilitre.</summary>
    public static readonly Unit Millilitre = new("mL", "mL");

    /// <summary>Hour.</summary>
    public static readonly Unit Hour = new("h", "h");
}
