using HomeHub.Profiles;

namespace HomeHub.Core.History;

/// <summary>
/// In which units values are shown: glucose as chosen, weight in kg, temperature in °C. What is kept and sent stays as the device said it. Numbers are converted exactly
/// and rounded once, to the decimals that such a number is read with; a number that needs no conversion keeps its digits.
/// </summary>
/// <param name="Glucose"><see cref="Units.MillimolePerLitre"/> or <see cref="Units.MilligramPerDecilitre"/>.</param>
public sealed record ShownUnits(Unit Glucose)
{
    /// <summary>One mmol/L of glucose in mg/dL: its molar mass is 180.156 g/mol.</summary>
    public const decimal MilligramPerDecilitreOfMillimolePerLitre = 18.0156m;

    /// <summary>One pound in kilograms, by definition.</summary>
    public const decimal KilogramOfPound = 0.45359237m;

    /// <summary>In the unit that is named as <c>mmol/L</c> or <c>mg/dL</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is neither.</exception>
    public static ShownUnits Of(string glucose) => glucose == Units.MillimolePerLitre.Ucum ? new(Units.MillimolePerLitre)
        : glucose == Units.MilligramPerDecilitre.Ucum ? new(Units.MilligramPerDecilitre)
        : throw new ArgumentOutOfRangeException(nameof(glucose), glucose, "Glucose is shown in mmol/L or mg/dL.");

    /// <summary>The unit in which a number of a unit is shown.</summary>
    public Unit Of(Unit unit) => Same(unit, Units.MillimolePerLitre) || Same(unit, Units.MilligramPerDecilitre) ? Glucose
        : Same(unit, Units.Pound) ? Units.Kilogram
        : Same(unit, Units.Fahrenheit) ? Units.Celsius
        : unit;

    /// <summary>The number as it is shown.</summary>
    public decimal Convert(decimal number, Unit unit)
    {
        Unit to = Of(unit);
        return Same(unit, to) ? number
            : Same(to, Units.MillimolePerLitre) ? Round(number / MilligramPerDecilitreOfMillimolePerLitre, 1)
            : Same(to, Units.MilligramPerDecilitre) ? Round(number * MilligramPerDecilitreOfMillimolePerLitre, 0)
            : Same(to, Units.Kilogram) ? Round(number * KilogramOfPound, 1)
            : Round((number - 32) * 5 / 9, 1);
    }

    private static bool Same(Unit one, Unit other) => one.Ucum == other.Ucum;

    /// <summary>Rounds, and keeps a zero at the end: 5.0 is not 5.</summary>
    private static decimal Round(decimal number, int decimals) => decimal.Round(number, decimals, MidpointRounding.AwayFromZero) + new decimal(0, 0, 0, false, (byte)decimals);
}
