using System.Globalization;
using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Capture;

/// <summary>Writes readings as <c>homehub replay</c> tells them: what was measured, when, and of whom; nothing that changes from run to run.</summary>
internal static class ReadingJson
{
    private const string InstantFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK";

    /// <summary>Writes a record's keys into an object that was begun.</summary>
    public static void Write(Utf8JsonWriter json, AcquiredReading acquired)
    {
        Reading reading = acquired.Reading;
        json.WriteString("patient", acquired.Patient.Key);
        json.WriteString("device", acquired.Device.Address);
        json.WriteString("characteristic", acquired.Characteristic.ToString());
        json.WriteString("effective", acquired.Effective.Instant.ToString(InstantFormat, CultureInfo.InvariantCulture));
        json.WriteString("effectiveFrom", NameOf(acquired.Effective.Use));
        if (acquired.Stamp is { } stamp)
        {
            json.WriteString("stamp", stamp.ToString());
        }

        WriteNumber(json, "sequenceNumber", reading.SequenceNumber);
        WriteNumber(json, "userIndex", reading.UserIndex);
        WriteFlag(json, "clockFault", reading.ClockFault);
        WriteFlag(json, "context", reading.IsContext);
        if (reading.Status != MeasurementStatus.None)
        {
            json.WriteString("status", reading.Status.ToString());
        }

        json.WriteStartArray("values");
        foreach (ReadingValue value in reading.Values)
        {
            json.WriteStartObject();
            WriteValue(json, value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteValue(Utf8JsonWriter json, ReadingValue value)
    {
        WriteTerm(json, "code", value.Code);
        switch (value)
        {
            case NumericValue numeric:
                WriteMeasured(json, numeric.Value, numeric.Unit);
                if (numeric.SupplementalTypes.Length > 0)
                {
                    json.WriteStartArray("supplementalTypes");
                    foreach (MdcTerm type in numeric.SupplementalTypes)
                    {
                        json.WriteStringValue(NameOf(type));
                    }

                    json.WriteEndArray();
                }

                WriteNumber(json, "durationSeconds", (int?)numeric.Duration?.TotalSeconds);
                break;
            case CompoundNumericValue compound:
                WriteComponents(json, compound);
                break;
            case CodedValue coded:
                WriteTerm(json, "coded", coded.Value);
                break;
            case BitsEnumerationValue bits:
                json.WriteStartObject("bits");
                foreach (BitState bit in bits.Bits)
                {
                    json.WriteBoolean(bit.Name, bit.IsSet);
                }

                json.WriteEndObject();
                break;
            case SampledValue waveform:
                json.WriteNumber("samples", waveform.Samples.Length);
                json.WriteNumber("periodMilliseconds", waveform.PeriodMilliseconds);
                json.WriteString("unit", waveform.Unit.Ucum);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value));
        }

        WriteFlag(json, "ofDevice", value.Subject == ValueSubject.Device);
        WriteNumber(json, "derivedFrom", value.DerivedFrom);
        WriteNumber(json, "alsoDerivedFrom", value.AlsoDerivedFrom);
        if (value.Upload != UploadRule.Always)
        {
            json.WriteString("upload", value.Upload.ToString());
        }
    }

    private static void WriteComponents(Utf8JsonWriter json, CompoundNumericValue compound)
    {
        json.WriteStartArray("components");
        foreach (NumericComponent component in compound.Components)
        {
            json.WriteStartObject();
            WriteTerm(json, "code", component.Code);
            WriteMeasured(json, component.Value, component.Unit);
            if (component is { Original: { } original, OriginalUnit: { } unit })
            {
                json.WriteStartObject("original");
                WriteMeasured(json, original, unit);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>A number with the decimals that the device sent, or why there is none.</summary>
    private static void WriteMeasured(Utf8JsonWriter json, MeasuredValue value, Unit unit)
    {
        if (value.IsPresent)
        {
            json.WriteNumber("value", value.Number);
        }
        else
        {
            json.WriteString("absent", value.Absence.ToString());
        }

        json.WriteString("unit", unit.Ucum);
    }

    private static void WriteTerm(Utf8JsonWriter json, string key, MdcTerm term) => json.WriteString(key, NameOf(term));

    private static string NameOf(MdcTerm term) => term.RefId.Length > 0 ? term.RefId : term.Code.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(StampUse use) => use switch
    {
        StampUse.None => "reception",
        StampUse.Mapped => "mapped-stamp",
        StampUse.AsReported => "stamp",
        StampUse.NotUsable => "reception-as-the-stamp-is-not-usable",
        _ => throw new ArgumentOutOfRangeException(nameof(use)),
    };

    private static void WriteNumber(Utf8JsonWriter json, string key, int? number)
    {
        if (number is { } there)
        {
            json.WriteNumber(key, there);
        }
    }

    private static void WriteFlag(Utf8JsonWriter json, string key, bool isSet)
    {
        if (isSet)
        {
            json.WriteBoolean(key, true);
        }
    }
}
