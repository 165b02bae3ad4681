using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.ManualEntries;

public sealed class ManualEntryEncoderTests
{
    private static readonly DateTimeOffset Now = SampleReadings.Start;

    [Theory]
    [InlineData(ManualKind.Weight, "kg", "81.4", "81.4 kg")]
    [InlineData(ManualKind.Weight, "kg", "81.40", "81.40 kg")]
    [InlineData(ManualKind.Weight, "kg", "81.405", "81.405 kg")]
    [InlineData(ManualKind.Weight, "lb", "179.5", "179.5 [lb_av]")]
    [InlineData(ManualKind.Temperature, "C", "36.80", "36.80 Cel")]
    [InlineData(ManualKind.Temperature, "F", "98.2", "98.2 [degF]")]
    [InlineData(ManualKind.Glucose, "mg/dL", "104", "104 mg/dL")]
    [InlineData(ManualKind.Glucose, "mmol/L", "5.8", "5.8 mmol/L")]
    [InlineData(ManualKind.OxygenSaturation, "%", "97", "97 %")]
    public void What_is_entered_is_told_as_it_was_said(ManualKind kind, string unit, string value, string expected)
    {
        AcquiredReading reading = Encode(Entry(kind, unit, value));
        var numeric = Assert.IsType<NumericValue>(Assert.Single(reading.Reading.Values, one => one is NumericValue { Value.IsPresent: true }));
        Assert.Equal(expected, string.Create(CultureInfo.InvariantCulture, $"{numeric.Value.Number} {numeric.Unit.Ucum}"));
        Assert.True(reading.IsEnteredByHand);
        Assert.Equal((Now.AddHours(-2), StampUse.None, null), (reading.Effective.Instant, reading.Effective.Use, reading.Stamp));
        Assert.Equal(SampleReadings.Patient, reading.Patient);
    }

    [Theory]
    [InlineData("mmHg", "128", "83", null, 128, 83, null)]
    [InlineData("mmHg", "128", "83", "71", 128, 83, 71)]
    [InlineData("kPa", "17.0", "11.0", null, 17.0, 11.0, null)]
    public void A_blood_pressure_has_two_values_and_maybe_a_pulse(string unit, string systolic, string diastolic, string? pulse, double high, double low, int? rate)
    {
        var entry = new ManualEntry
        {
            Kind = ManualKind.BloodPressure, Patient = SampleReadings.Patient, At = Now, Unit = unit, Systolic = Number(systolic), Diastolic = Number(diastolic), Pulse = Number(pulse),
        };
        AcquiredReading reading = Encode(entry);
        var compound = Assert.IsType<CompoundNumericValue>(reading.Reading.Values[0]);
        Assert.Equal([(decimal)high, (decimal)low], compound.Components.Where(one => one.Value.IsPresent).Select(one => (one.Original ?? one.Value).Number));
        Assert.Equal(rate, reading.Reading.Values.OfType<NumericValue>().Select(one => (int?)one.Value.Number).FirstOrDefault());
    }

    [Theory]
    [InlineData(ManualKind.Weight, "mmHg", "81.4", "unit")]
    [InlineData(ManualKind.Weight, "", "81.4", "unit")]
    [InlineData(ManualKind.Weight, "kg", null, "one value")]
    [InlineData(ManualKind.Weight, "kg", "81.401", "steps")]
    [InlineData(ManualKind.Weight, "kg", "0", "between")]
    [InlineData(ManualKind.Weight, "kg", "79228162514264337593543950335", "between")]
    [InlineData((ManualKind)9, "kg", "81.4", "kind")]
    [InlineData(ManualKind.Weight, "kg", "328", "between")]
    [InlineData(ManualKind.Temperature, "K", "309.95", "unit")]
    [InlineData(ManualKind.Temperature, "C", "36.12345678", "digits")]
    [InlineData(ManualKind.Glucose, "mg/L", "104", "unit")]
    [InlineData(ManualKind.Glucose, "mmol/L", "5.8312", "digits")]
    [InlineData(ManualKind.OxygenSaturation, "", "97", "unit")]
    [InlineData(ManualKind.BloodPressure, "mmHg", "120", "systolic and a diastolic")]
    [InlineData(ManualKind.Temperature, "C", "98.2", "unit")]
    [InlineData(ManualKind.Temperature, "F", "36.8", "unit")]
    [InlineData(ManualKind.Glucose, "mg/dL", "5.8", "unit")]
    [InlineData(ManualKind.Glucose, "mmol/L", "104", "unit")]
    [InlineData(ManualKind.OxygenSaturation, "%", "180", "between")]
    [InlineData(ManualKind.OxygenSaturation, "%", "0.97", "between")]
    public void What_can_not_be_kept_as_it_was_said_is_refused_and_never_rounded(ManualKind kind, string unit, string? value, string why)
    {
        ManualEntryResult result = ManualEntryEncoder.Encode(Entry(kind, unit, value), Now, Now);
        Assert.Null(result.Reading);
        Assert.Contains(why, result.Error, StringComparison.Ordinal);
        Assert.True(value is null or { Length: < 2 } || !result.Error!.Contains(value, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mmHg", "83", "128", null, "higher")]
    [InlineData("mmHg", "128", "128", null, "higher")]
    [InlineData("mmHg", "17.0", "11.0", null, "unit")]
    [InlineData("kPa", "128", "83", null, "unit")]
    [InlineData("mmHg", "128", "83", "7", "pulse")]
    [InlineData("mmHg", "128", "83", "710", "pulse")]
    [InlineData("mmHg", "128", null, null, "systolic and a diastolic")]
    public void A_blood_pressure_that_can_only_be_a_slip_is_refused(string unit, string systolic, string? diastolic, string? pulse, string why)
    {
        ManualEntry entry = Entry(ManualKind.BloodPressure, unit, null) with { Systolic = Number(systolic), Diastolic = Number(diastolic), Pulse = Number(pulse) };
        Assert.Contains(why, ManualEntryEncoder.Encode(entry, Now, Now).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_value_that_the_kind_does_not_have_is_refused_with_its_reason()
    {
        ManualEntry weight = Entry(ManualKind.Weight, "kg", "81.4");
        Assert.Contains("pulse", ManualEntryEncoder.Encode(weight with { Pulse = 71 }, Now, Now).Error, StringComparison.Ordinal);
        Assert.Contains("one value", ManualEntryEncoder.Encode(weight with { Systolic = 128 }, Now, Now).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(61, "future")]
    [InlineData(-200 * 365 * 24 * 3600L, "time")]
    public void A_time_that_can_not_be_right_is_refused(long seconds, string why)
    {
        ManualEntry entry = Entry(ManualKind.Weight, "kg", "81.4") with { At = Now.AddSeconds(seconds) };
        Assert.Contains(why, ManualEntryEncoder.Encode(entry, Now, Now).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nobodys_reading_is_refused() => Assert.NotNull(
        ManualEntryEncoder.Encode(Entry(ManualKind.Weight, "kg", "81.4") with { Patient = PatientReference.Nobody }, Now, Now).Error);

    [Fact]
    public void The_same_entry_is_the_same_reading_whenever_and_however_it_is_said_again()
    {
        ManualEntry entry = Entry(ManualKind.Weight, "kg", "81.4");
        RecordIdentity identity = Encode(entry).Identity;
        Assert.Equal(identity, ManualEntryEncoder.Encode(entry, Now.AddHours(1), Now.AddHours(1)).Reading!.Identity);
        Assert.Equal(identity, Encode(entry with { Value = 81.40m }).Identity);
        Assert.Equal(identity, Encode(entry with { At = entry.At.ToOffset(TimeSpan.FromHours(5)) }).Identity);
        DateTimeOffset minute = new(2026, 3, 14, 4, 0, 0, TimeSpan.Zero);
        Assert.Equal(Encode(entry with { At = minute }).Identity, Encode(entry with { At = minute.AddSeconds(59.9) }).Identity);
    }

    [Fact]
    public void Another_person_minute_kind_unit_or_value_is_another_reading_and_so_is_one_that_was_measured_again()
    {
        ManualEntry entry = Entry(ManualKind.BloodPressure, "mmHg", null) with { Systolic = 128, Diastolic = 83 };
        ManualEntry[] others =
        [
            entry,
            entry with { Patient = new PatientReference("Patient/p2") },
            entry with { At = entry.At.AddMinutes(-1) },
            entry with { Systolic = 129 },
            entry with { Diastolic = 84 },
            entry with { Pulse = 71 },
            entry with { IsAgain = true },
            Entry(ManualKind.Temperature, "C", "37"),
            Entry(ManualKind.OxygenSaturation, "%", "37"),
            Entry(ManualKind.Weight, "kg", "37"),
            Entry(ManualKind.Weight, "lb", "37"),
            Entry(ManualKind.OxygenSaturation, "%", "98") with { Pulse = 71 },
            Entry(ManualKind.OxygenSaturation, "%", "71") with { Pulse = 98 },
        ];
        Assert.Equal(others.Length, others.Select(one => Encode(one).Identity).Distinct().Count());
        Assert.Equal(Encode(entry with { IsAgain = true }).Identity, ManualEntryEncoder.Encode(entry with { IsAgain = true }, Now.AddHours(1), Now.AddHours(1)).Reading!.Identity);
    }

    /// <summary>Every weight that a scale can show comes back as it was said, or is refused.</summary>
    [Fact]
    public void No_weight_comes_back_as_another()
    {
        for (int grams = 200; grams < 300_000; grams += 1_235)
        {
            foreach (int decimals in new[] { 1, 2, 3 })
            {
                decimal said = Math.Round(grams / 1000m, decimals);
                ManualEntryResult result = ManualEntryEncoder.Encode(Entry(ManualKind.Weight, "kg", said.ToString(CultureInfo.InvariantCulture)), Now, Now);
                if (result.Reading is { } reading)
                {
                    Assert.Equal(said, ((NumericValue)reading.Reading.Values[0]).Value.Number);
                }
                else
                {
                    Assert.True(said * 200 != decimal.Truncate(said * 200) || said == 0, $"{said} was refused");
                }
            }
        }
    }

    private static AcquiredReading Encode(ManualEntry entry)
    {
        ManualEntryResult result = ManualEntryEncoder.Encode(entry, Now, Now);
        Assert.Null(result.Error);
        return result.Reading!;
    }

    private static ManualEntry Entry(ManualKind kind, string unit, string? value) => new()
    {
        Kind = kind, Patient = SampleReadings.Patient, At = Now.AddHours(-2), Unit = unit, Value = Number(value),
    };

    private static decimal? Number(string? text) => text is null ? null : decimal.Parse(text, CultureInfo.InvariantCulture);
}
