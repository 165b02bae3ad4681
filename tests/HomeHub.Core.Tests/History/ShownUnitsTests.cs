using System.Globalization;
using HomeHub.Core.History;
using HomeHub.Profiles;

namespace HomeHub.Core.Tests.History;

public sealed class ShownUnitsTests
{
    public static TheoryData<string, string, string, string, string> Conversions => new()
    {
        { "100", "mg/dL", "mmol/L", "5.6", "mmol/L" },
        { "90", "mg/dL", "mmol/L", "5.0", "mmol/L" },
        { "180", "mg/dL", "mmol/L", "10.0", "mmol/L" },
        { "5.5", "mmol/L", "mg/dL", "99", "mg/dL" },
        { "10.0", "mmol/L", "mg/dL", "180", "mg/dL" },
        { "5.50", "mmol/L", "mmol/L", "5.50", "mmol/L" },
        { "104", "mg/dL", "mg/dL", "104", "mg/dL" },
        { "154.3", "[lb_av]", "mmol/L", "70.0", "kg" },
        { "70.45", "kg", "mmol/L", "70.45", "kg" },
        { "98.6", "[degF]", "mmol/L", "37.0", "Cel" },
        { "-40", "[degF]", "mmol/L", "-40.0", "Cel" },
        { "128", "mm[Hg]", "mmol/L", "128", "mm[Hg]" },
    };

    private static readonly Unit[] All = [Units.MillimolePerLitre, Units.MilligramPerDecilitre, Units.Pound, Units.Kilogram, Units.Fahrenheit, Units.Celsius, Units.MmHg];

    [Theory]
    [MemberData(nameof(Conversions))]
    public void A_number_is_converted_exactly_and_rounded_once(string number, string unit, string glucose, string shown, string shownUnit)
    {
        var units = ShownUnits.Of(glucose);
        Unit of = All.Single(one => one.Ucum == unit);
        Assert.Equal(shown, units.Convert(decimal.Parse(number, CultureInfo.InvariantCulture), of).ToString(CultureInfo.InvariantCulture));
        Assert.Equal(shownUnit, units.Of(of).Ucum);
    }

    [Fact]
    public void There_and_back_gives_every_glucose_of_a_meter_again()
    {
        for (decimal number = 1.0m; number <= 33.3m; number += 0.1m)
        {
            decimal there = ShownUnits.Of("mg/dL").Convert(number, Units.MillimolePerLitre);
            Assert.Equal(number, ShownUnits.Of("mmol/L").Convert(there, Units.MilligramPerDecilitre));
        }
    }

    [Fact]
    public void Another_unit_of_glucose_there_is_not() => Assert.Throws<ArgumentOutOfRangeException>(() => ShownUnits.Of("g/L"));
}
