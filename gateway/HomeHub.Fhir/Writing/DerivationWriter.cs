using HomeHub.Core.Identity;
using HomeHub.Fhir.Identity;
using HomeHub.Fhir.Terms;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// Writes <c>derivedFrom</c>: status bits and BMI point to the values of their record, a context to its measurement, which may have been
/// sent before. Only to what goes along, and never from a vital sign to something that is none (an R4 rule).
/// </summary>
internal static class DerivationWriter
{
    public static void Write(JsonBuffer json, in RecordContext context, int index, ReadOnlySpan<Guid> ids)
    {
        ReadingValue[] values = context.Reading.Values;
        bool any = false;
        if (context.Reading.IsContext && context.Record is { Measurement: { } measurement, MeasurementCode: not 0 } record)
        {
            WriteReference(json, NameUuid.ForObservation(context.Space, measurement, record.MeasurementCode), ref any);
        }

        WriteOwn(json, values, index, values[index].DerivedFrom, ids, ref any);
        WriteOwn(json, values, index, values[index].AlsoDerivedFrom, ids, ref any);
        json.Raw(any ? "]"u8 : ""u8);
    }

    private static void WriteOwn(JsonBuffer json, ReadingValue[] values, int index, int? target, ReadOnlySpan<Guid> ids, ref bool any)
    {
        if (target is not { } t || ids[t] == Guid.Empty)
        {
            return;
        }

        if (!TermFragments.Of(values[index].Code).IsVitalSign || TermFragments.Of(values[t].Code).IsVitalSign)
        {
            WriteReference(json, ids[t], ref any);
        }
    }

    private static void WriteReference(JsonBuffer json, Guid id, ref bool any)
    {
        json.Raw(any ? ",{\"reference\":\"urn:uuid:"u8 : ",\"derivedFrom\":[{\"reference\":\"urn:uuid:"u8);
        json.Uuid(id);
        json.Raw("\"}"u8);
        any = true;
    }
}
