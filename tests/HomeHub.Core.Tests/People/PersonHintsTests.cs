using System.Buffers.Binary;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.People;

public sealed class PersonHintsTests
{
    private readonly PersonHints _hints = new();

    [Fact]
    public void A_value_is_like_the_person_whose_usual_value_it_is()
    {
        Learn(SampleReadings.Patient, 80, 81, 79, 80);
        Learn(SampleReadings.OtherPatient, 60, 61, 60, 59);
        Assert.Equal(SampleReadings.Patient, _hints.Suggest(Weight(82)));
        Assert.Equal(SampleReadings.OtherPatient, _hints.Suggest(Weight(58)));
    }

    [Fact]
    public void What_fits_nobody_or_more_than_one_says_nothing()
    {
        Learn(SampleReadings.Patient, 80, 80, 80);
        Assert.Null(_hints.Suggest(Weight(89)));
        Learn(SampleReadings.OtherPatient, 84, 84, 84);
        Assert.Null(_hints.Suggest(Weight(80)));
    }

    [Fact]
    public void Few_values_make_no_usual_one_and_what_was_taken_back_makes_none()
    {
        Learn(SampleReadings.Patient, 80, 80);
        _hints.Note(Weight(80, SampleReadings.Patient) with { IsTakenBack = true });
        Assert.Null(_hints.Suggest(Weight(80)));
        Learn(SampleReadings.Patient, 80);
        Assert.Equal(SampleReadings.Patient, _hints.Suggest(Weight(80)));
    }

    [Fact]
    public void Only_the_last_values_count()
    {
        Learn(SampleReadings.Patient, [.. Enumerable.Repeat(100, 40), .. Enumerable.Repeat(70, PersonHints.MaxValues)]);
        Assert.Equal(SampleReadings.Patient, _hints.Suggest(Weight(70)));
        Assert.Null(_hints.Suggest(Weight(100)));
    }

    [Fact]
    public void All_values_of_a_record_have_to_fit()
    {
        for (int i = 0; i < 3; i++)
        {
            _hints.Note(SampleReadings.BloodPressure(i));
        }

        Assert.Equal(SampleReadings.Patient, _hints.Suggest(SampleReadings.BloodPressure(4, systolic: 130)));
        Assert.Null(_hints.Suggest(SampleReadings.BloodPressure(4, systolic: 180)));
    }

    private void Learn(PatientReference patient, params int[] kilograms)
    {
        foreach (int kilogram in kilograms)
        {
            _hints.Note(Weight(kilogram, patient));
        }
    }

    /// <summary>A weight of so many kilograms, in steps of 0.005 kg (Weight Scale Service, Weight Measurement).</summary>
    private static AcquiredReading Weight(int kilograms, PatientReference? patient = null)
    {
        byte[] octets = new byte[3];
        BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(1), (ushort)(kilograms * 200));
        return SampleReadings.Record(0x2A9D, octets, SampleReadings.Start, patient);
    }
}
