using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using static HomeHub.Fhir.Tests.Samples;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// The examples of the rules for FHIR, reproduced byte for byte but for white space. They refer to resources by names, the hub by UUIDs:
/// each test says which is which. Where the rules give an Observation a UUID as identifier and the example leaves it out, it is checked
/// and taken away first.
/// </summary>
public sealed class ExampleTests
{
    private static readonly MdcTerm Spot = new(150588, "MDC_MODALITY_SPOT");

    [Fact]
    public void Blood_pressure() => Check("blood-pressure", BloodPressure(Patient), 0, ("Observation/cts1", "Device/phd1"));

    [Fact]
    public void Pulse_rate_of_the_same_record() => Check("pulse-rate", BloodPressure(Patient), 1, ("Observation/cts1", "Device/phd1"));

    [Fact]
    public void Status_bits_of_the_same_record() =>
        Check("blood-pressure-status", BloodPressure(Patient), 2, ("Observation/cts1", "Device/phd1"), "Observation/bp1");

    [Fact]
    public void Oxygen_saturation_questionable_without_a_stamp()
    {
        AcquiredReading record = Record(
            Device("EEBBAAFFFE000001"),
            "2026-03-14T07:50:02+01:00",
            Numeric(150456, "MDC_PULS_OXIM_SAT_O2", 97m, Units.Percent) with { SupplementalTypes = [Spot] });
        record = record with { Reading = record.Reading with { Status = MeasurementStatus.Questionable } };
        Check("oxygen-saturation", record, 0, ("", "Device/phd-oximeter"));
    }

    [Fact]
    public void Temperature_with_two_decimals() => Check(
        "temperature",
        Record(Device("EEBBAAFFFE000002"), "2026-03-14T07:55:40+01:00", Numeric(188424, "MDC_TEMP_ORAL", 36.80m, Units.Celsius)),
        0,
        ("", "Device/phd-thermometer"));

    [Fact]
    public void Weight_with_a_stamp() => Check(
        "weight",
        Stamped(
            Device("DDBBAAFFFE778899"),
            "2026-03-14T08:00:00",
            "2026-03-14T08:01:05+01:00",
            Numeric(188736, "MDC_MASS_BODY_ACTUAL", 74.85m, Units.Kilogram)) with { Patient = Patient },
        0,
        ("Observation/cts-scale", "Device/phd-scale"));

    [Fact]
    public void Glucose_with_a_supplemental_type() => Check("glucose", Glucose(), 0, ("Observation/cts-meter", "Device/phd-meter"));

    [Fact]
    public void Meal_of_that_glucose() => Check(
        "meal",
        Context(new CodedValue(new MdcTerm(8417864, "MDC_CTXT_GLU_MEAL"), new MdcTerm(8417868, "MDC_CTXT_GLU_MEAL_PREPRANDIAL"))),
        0,
        ("Observation/cts-meter", "Device/phd-meter"),
        "Observation/glu1");

    [Fact]
    public void Exercise_with_a_duration() => Check(
        "exercise",
        Context(Numeric(8417760, "MDC_CTXT_GLU_EXERCISE", 40m, Units.Percent) with { Duration = TimeSpan.FromSeconds(1800) }),
        0,
        ("Observation/cts-meter", "Device/phd-meter"),
        "Observation/glu1");

    [Fact]
    public void Coincident_timestamp() => CheckClock("coincident-timestamp", CuffClock);

    [Fact]
    public void Time_fault() => CheckClock("time-fault", CuffClock with { DeviceTime = null });

    [Fact]
    public void Personal_health_device() => Assert.Equal(Example("phd-device"), Encoded.Resources(BloodPressure())[0].Json);

    [Fact]
    public void Gateway_device()
    {
        (Guid hub, _) = Ids(BloodPressure());
        string bundle = Encoded.Bundle([BloodPressure()], hub).Json;
        Assert.Contains($"\"resource\":{Example("phg-device")},\"request\"", bundle, StringComparison.Ordinal);
    }

    [Fact]
    public void Transaction_bundle()
    {
        // Without the pulse rate, which the example leaves out.
        AcquiredReading record = BloodPressure();
        ReadingValue[] values = record.Reading.Values;
        record = record with { Reading = record.Reading with { Values = [values[0], values[2]] } };
        (Guid hub, Guid device) = Ids(record);
        (EncodedBundle bundle, string json) = Encoded.Bundle([record], hub, device);

        string clockIdentifier = $"\"identifier\":[{{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:{bundle.Entries[3].Id}\"}}],";
        string clockCondition = $",\"ifNoneExist\":\"identifier=urn:ietf:rfc:3986|urn:uuid:{bundle.Entries[3].Id}\"";
        Assert.Contains(clockIdentifier, json, StringComparison.Ordinal);
        Assert.Contains(clockCondition, json, StringComparison.Ordinal);
        var text = new StringBuilder(json)
            .Replace(clockIdentifier, "")
            .Replace(clockCondition, "");
        for (int i = 0; i < bundle.Entries.Count; i++)
        {
            text.Replace(bundle.Entries[i].Id.ToString(), $"6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a0{i + 1}");
        }

        Assert.Equal(Example("bundle"), text.ToString());
        Assert.Equal([-1, -1, -1, -1, 0, 0], bundle.Entries.Select(entry => entry.Reading));
    }

    private static AcquiredReading Glucose() => Stamped(
        Device("EEBBAAFFFE445566"),
        "2026-03-14T07:15:00",
        "2026-03-14T07:14:58+01:00",
        Numeric(160184, "MDC_CONC_GLU_CAPILLARY_WHOLEBLOOD", 6.3m, Units.MillimolePerLitre) with
        {
            SupplementalTypes = [new MdcTerm(8417848, "MDC_CTXT_GLU_SAMPLELOCATION_FINGER")],
        }) with
    { Patient = Patient };

    private static AcquiredReading Context(ReadingValue value)
    {
        AcquiredReading glucose = Glucose();
        return glucose with
        {
            Identity = new RecordIdentity(7, 7),
            Reading = new Reading { Values = [value], IsContext = true },
            Measurement = glucose.Identity,
            MeasurementCode = 160184,
        };
    }

    private static (Guid Hub, Guid Device) Ids(AcquiredReading record)
    {
        IReadOnlyList<DeviceEntry> devices = Samples.Encoder.ListDevices(Hub, [record]);
        return (devices[0].Id, devices[1].Id);
    }

    private static void Check(
        string example, AcquiredReading record, int index, (string ClockCheck, string Device) names, string? derivedFrom = null)
    {
        (Guid hub, Guid device) = Ids(record);
        List<(Guid Id, string Json)> resources = Encoded.Resources(record);
        List<(Guid Id, string Json)> measurements = [.. resources.Where(r => Encoded.IsMeasurement(Encoded.Parse(r.Json)))];
        Guid patient = record.Patient.IsLogical ? Guid.Empty : resources[1].Id;
        string json = measurements[index].Json
            .Replace($"urn:uuid:{hub}", "Device/phg1", StringComparison.Ordinal)
            .Replace($"urn:uuid:{device}", names.Device, StringComparison.Ordinal)
            .Replace($"urn:uuid:{patient}", "Patient/p1", StringComparison.Ordinal);
        if (names.ClockCheck.Length > 0)
        {
            Guid clock = resources[record.Patient.IsLogical ? 1 : 2].Id;
            json = json.Replace($"urn:uuid:{clock}", names.ClockCheck, StringComparison.Ordinal);
        }
        else
        {
            string own = $"\"identifier\":[{{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:{measurements[index].Id}\"}}],";
            Assert.Contains(own, json, StringComparison.Ordinal);
            json = json.Replace(own, "", StringComparison.Ordinal);
        }

        if (derivedFrom is not null)
        {
            Guid target = record.Measurement is { } measurement
                ? NameUuid.ForObservation(Hub.Id, measurement, record.MeasurementCode)
                : measurements[0].Id;
            json = json.Replace($"urn:uuid:{target}", derivedFrom, StringComparison.Ordinal);
        }

        Assert.Equal(Example(example), json);
    }

    private static void CheckClock(string example, ClockCheck check)
    {
        AcquiredReading record = BloodPressure(LogicalPatient) with { ClockCheck = check };
        (Guid hub, Guid device) = Ids(record);
        (Guid id, string json) = Encoded.Resources(record)[1];
        string own = $"\"identifier\":[{{\"system\":\"urn:ietf:rfc:3986\",\"value\":\"urn:uuid:{id}\"}}],";
        Assert.Contains(own, json, StringComparison.Ordinal);
        json = json.Replace(own, "", StringComparison.Ordinal)
            .Replace($"urn:uuid:{hub}", "Device/phg1", StringComparison.Ordinal)
            .Replace($"urn:uuid:{device}", "Device/phd1", StringComparison.Ordinal);
        Assert.Equal(Example(example), json);
    }

    private static string Example(string name) =>
        Encoded.Compact(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Examples", name + ".json")));
}
