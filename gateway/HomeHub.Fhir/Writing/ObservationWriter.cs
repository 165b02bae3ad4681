using HomeHub.Fhir.Identity;
using HomeHub.Fhir.Terms;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>
/// Writes measurement Observations by the PHD implementation guide: numeric, compound, coded, bits and waveforms. Elements come in the order of the
/// R4 definition.
/// </summary>
internal static class ObservationWriter
{
    /// <summary>What a status of the record is to an Observation that is a measurement; status bits tell of events and stay as they are.</summary>
    private const MeasurementStatus Interpreted =
        MeasurementStatus.Questionable | MeasurementStatus.Calibrating | MeasurementStatus.Validated | MeasurementStatus.EarlyEstimate;

    private static ReadOnlySpan<byte> Head =>
        """{"resourceType":"Observation","meta":{"profile":["http://hl7.org/fhir/uv/phd/StructureDefinition/"""u8;

    private static ReadOnlySpan<byte> TestData =>
        ""","security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-ActReason","code":"HTEST"}]"""u8;

    private static ReadOnlySpan<byte> ClockCheckExtension =>
        """,{"url":"http://hl7.org/fhir/uv/phd/StructureDefinition/CoincidentTimeStampReference","valueReference":{"reference":"urn:uuid:"""u8;

    private static ReadOnlySpan<byte> EnteredInError => ",\"status\":\"entered-in-error\""u8;

    /// <summary>Writes the Observation of one value.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="context">The record.</param>
    /// <param name="index">Position of the value.</param>
    /// <param name="ids">UUIDs of the record's Observations; empty for those that do not go along, which nothing then refers to.</param>
    public static void Write(JsonBuffer json, in RecordContext context, int index, ReadOnlySpan<Guid> ids)
    {
        ReadingValue value = context.Reading.Values[index];
        if (value is NumericValue { Subject: ValueSubject.Room } climate)
        {
            RoomObservationWriter.Write(json, context, climate, ids[index]);
            return;
        }

        TermFragment term = TermFragments.Of(value.Code);
        MeasurementStatus status = context.Reading.Status;
        MeasurementStatus own = value is BitsEnumerationValue ? MeasurementStatus.None : status;

        json.Raw(Head);
        json.Raw(ProfileOf(value));
        json.Raw("\"]"u8);
        json.Raw((status & MeasurementStatus.TestData) != 0 ? TestData : ""u8);
        json.Raw("}"u8);
        WriteExtensions(json, context);
        WriteIdentifier(json, context, index, term, ids[index]);
        json.Raw(context.Record.IsTakenBack ? EnteredInError : StatusOf(own));
        json.Raw(term.CategoryAndCode);
        json.Raw(value.Subject == ValueSubject.Device ? context.Device.Subject : context.Patient.Subject);
        TimeSpan? lasted = (value as NumericValue)?.Duration;
        WriteEffective(json, context, term.IsVitalSign ? null : lasted, value as SampledValue);
        WriteValue(json, value, own);
        WriteInterpretation(json, own & Interpreted);
        WriteNote(json, context.Record.IsEnteredByHand ? own | MeasurementStatus.ManuallyEntered : own, term.IsVitalSign && value is NumericValue { Range: not null } ? lasted : null);
        json.Raw(context.Device.Device);
        DerivationWriter.Write(json, context, index, ids);
        ComponentWriter.Write(json, value, term, own);
        json.Raw("}"u8);
    }

    /// <summary>
    /// The request of its entry: created once, however often it is sent. One that was taken back takes the place of what was created, found by the identifier
    /// by which it was (rule 14.9).
    /// </summary>
    public static void WriteRequest(JsonBuffer json, in RecordContext context, int index, Guid id)
    {
        Span<byte> room = stackalloc byte[ConditionalIdentifier.MaxTailBytes];
        TermFragment term = TermFragments.Of(context.Reading.Values[index].Code);
        ConditionalIdentifier identifier = ConditionalIdentifier.Of(context, index, term, room);
        json.Raw(context.Record.IsTakenBack
            ? "\"request\":{\"method\":\"PUT\",\"url\":\"Observation?identifier="u8
            : "\"request\":{\"method\":\"POST\",\"url\":\"Observation\",\"ifNoneExist\":\"identifier="u8);
        if (identifier.Exists)
        {
            json.Raw(Systems.ConditionalCreate);
            json.Raw("|"u8);
            identifier.WriteQuery(json);
        }
        else
        {
            json.Raw(Systems.Uri);
            json.Raw("|urn:uuid:"u8);
            json.Uuid(id);
        }

        json.Raw("\"}"u8);
    }

    private static ReadOnlySpan<byte> ProfileOf(ReadingValue value) => value switch
    {
        NumericValue => "PhdNumericObservation"u8,
        CompoundNumericValue => "PhdCompoundNumericObservation"u8,
        CodedValue => "PhdCodedEnumerationObservation"u8,
        BitsEnumerationValue => "PhdBitsEnumerationObservation"u8,
        SampledValue => "PhdRtsaObservation"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType().Name, "No FHIR profile is known for this kind of value."),
    };

    private static void WriteExtensions(JsonBuffer json, in RecordContext context)
    {
        json.Raw(context.Gateway.GatewayExtension);
        if (context.ClockCheck != Guid.Empty)
        {
            json.Raw(ClockCheckExtension);
            json.Uuid(context.ClockCheck);
            json.Raw("\"}}"u8);
        }

        json.Raw("]"u8);
    }

    private static void WriteIdentifier(JsonBuffer json, in RecordContext context, int index, TermFragment term, Guid id)
    {
        Span<byte> room = stackalloc byte[ConditionalIdentifier.MaxTailBytes];
        ConditionalIdentifier identifier = ConditionalIdentifier.Of(context, index, term, room);
        json.Raw(",\"identifier\":[{\"system\":\""u8);
        if (identifier.Exists)
        {
            json.Raw(Systems.ConditionalCreate);
            json.Raw("\",\"value\":\""u8);
            identifier.Write(json);
        }
        else
        {
            json.Raw(Systems.Uri);
            json.Raw("\",\"value\":\"urn:uuid:"u8);
            json.Uuid(id);
        }

        json.Raw("\"}]"u8);
    }

    private static ReadOnlySpan<byte> StatusOf(MeasurementStatus status) =>
        (status & MeasurementStatus.Invalid) != 0 ? EnteredInError
        : (status & MeasurementStatus.EarlyEstimate) != 0 ? ",\"status\":\"preliminary\""u8
        : ",\"status\":\"final\""u8;

    /// <summary>
    /// R4's constraint vs-1 is only met by a date and time, so a vital sign that is the mean of a stream has no period: how long it was measured is told in words.
    /// </summary>
    private static void WriteNote(JsonBuffer json, MeasurementStatus status, TimeSpan? meanOver)
    {
        if ((status & MeasurementStatus.ManuallyEntered) != 0)
        {
            json.Raw(",\"note\":[{\"text\":\"Entered by hand.\"}]"u8);
        }
        else if (meanOver is { } lasted)
        {
            json.Raw(",\"note\":[{\"text\":\"Mean over "u8);
            json.Number((long)Math.Round(lasted.TotalSeconds, MidpointRounding.AwayFromZero));
            json.Raw(" s.\"}]"u8);
        }
    }

    /// <summary>
    /// A point in time; for something that lasted, a period that starts at the mapped stamp or ends with the reception. A waveform has the time of its first sample (rule
    /// 5.4): it was received with its last one.
    /// </summary>
    private static void WriteEffective(JsonBuffer json, in RecordContext context, TimeSpan? duration, SampledValue? waveform)
    {
        DateTimeOffset instant = context.Record.Effective.Instant - (context.IsEffectiveReception && waveform is { } piece ? piece.Lasted : TimeSpan.Zero);
        if (duration is not { } lasted)
        {
            json.Raw(",\"effectiveDateTime\":\""u8);
            json.Time(instant);
            json.Raw("\""u8);
            return;
        }

        bool isEnd = context.IsEffectiveReception;
        json.Raw(",\"effectivePeriod\":{\"start\":\""u8);
        json.Time(isEnd ? instant - lasted : instant);
        json.Raw("\",\"end\":\""u8);
        json.Time(isEnd ? instant : instant + lasted);
        json.Raw("\"}"u8);
    }

    private static void WriteValue(JsonBuffer json, ReadingValue value, MeasurementStatus status)
    {
        AbsenceReason absence = ReasonOf(status);
        switch (value)
        {
            case NumericValue numeric when absence == AbsenceReason.None && numeric.Value.IsPresent:
                json.Raw(",\"valueQuantity\":{\"value\":"u8);
                json.Number(numeric.Value.Number);
                json.Raw(TermFragments.Of(numeric.Unit));
                break;
            case CodedValue coded when absence == AbsenceReason.None:
                json.Raw(",\"valueCodeableConcept\":{\"coding\":["u8);
                json.Raw(TermFragments.Of(coded.Value).MdcCoding);
                json.Raw("]}"u8);
                break;
            case SampledValue waveform when absence == AbsenceReason.None:
                SampledDataWriter.Write(json, waveform);
                break;
            case NumericValue numeric:
                ComponentWriter.WriteAbsence(json, absence == AbsenceReason.None ? numeric.Value.Absence : absence);
                break;
            default:
                ComponentWriter.WriteAbsence(json, absence);
                break;
        }
    }

    /// <summary>Why the whole measurement has no value; goes before the reason of a special number.</summary>
    private static AbsenceReason ReasonOf(MeasurementStatus status) =>
        (status & MeasurementStatus.Invalid) != 0 ? AbsenceReason.Error
        : (status & MeasurementStatus.NotAvailable) != 0 ? AbsenceReason.NotPerformed
        : AbsenceReason.None;

    /// <summary>One concept for each; no other interpretation is ever written.</summary>
    private static void WriteInterpretation(JsonBuffer json, MeasurementStatus status)
    {
        if (status == MeasurementStatus.None)
        {
            return;
        }

        bool any = false;
        json.Raw(",\"interpretation\":["u8);
        WriteConcept(json, (status & MeasurementStatus.Questionable) != 0, "questionable"u8, ref any);
        WriteConcept(json, (status & MeasurementStatus.Calibrating) != 0, "calibration-ongoing"u8, ref any);
        WriteConcept(json, (status & MeasurementStatus.Validated) != 0, "validated-data"u8, ref any);
        WriteConcept(json, (status & MeasurementStatus.EarlyEstimate) != 0, "early-indication"u8, ref any);
        json.Raw("]"u8);
    }

    private static void WriteConcept(JsonBuffer json, bool applies, ReadOnlySpan<byte> code, ref bool any)
    {
        if (!applies)
        {
            return;
        }

        json.Raw(any ? ","u8 : ""u8);
        json.Raw("{\"coding\":[{\"system\":\"http://hl7.org/fhir/uv/pocd/CodeSystem/measurement-status\",\"code\":\""u8);
        json.Raw(code);
        json.Raw("\"}]}"u8);
        any = true;
    }
}
