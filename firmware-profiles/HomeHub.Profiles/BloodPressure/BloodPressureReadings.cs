using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.BloodPressure;

/// <summary>From the decoded characteristic to readings (PHD IG: PhdCompoundNumericObservation for the pressures).</summary>
internal static class BloodPressureReadings
{
    /// <summary>Millimetres of mercury in a kilopascal, as the gateway converts (conventional mmHg: 133.322 Pa).</summary>
    private const decimal MmHgPerKilopascal = 7.50062m;

    private const int MovedBit = 0x01, IrregularBit = 0x04;

    private static readonly string[] StatusNames =
    [
        "body-movement", "cuff-too-loose", "irregular-pulse", "pulse-over-range-limit", "pulse-under-range-limit", "improper-body-position",
    ];

    public static Reading FromMeasurement(in BloodPressureMeasurement m, SessionContext context)
    {
        NumericComponent systolic = Pressure(BloodPressureTerms.Systolic, m.Systolic, m.InKilopascal);
        NumericComponent diastolic = Pressure(BloodPressureTerms.Diastolic, m.Diastolic, m.InKilopascal);
        NumericComponent mean = Pressure(BloodPressureTerms.Mean, m.Mean, m.InKilopascal);
        // A record of three special values is a valid one that says nothing: kept here, not sent.
        bool saysNothing = !systolic.Value.IsPresent && !diastolic.Value.IsPresent && !mean.Value.IsPresent;
        var panel = new CompoundNumericValue(BloodPressureTerms.Panel, [systolic, diastolic, mean])
        {
            Upload = saysNothing ? UploadRule.Never : UploadRule.Always,
        };
        return ToReading(m, context, panel, UploadRule.Always);
    }

    /// <summary>A record of a vendor's own layout: whole mmHg, a mean pressure that was not determined, and the two events that such records tell.</summary>
    /// <param name="systolic">In mmHg.</param>
    /// <param name="diastolic">In mmHg.</param>
    /// <param name="pulseRate">In beats a minute; null when the record has none.</param>
    /// <param name="hasMoved">The body moved while it measured.</param>
    /// <param name="isIrregular">The pulse was irregular.</param>
    /// <param name="stamp">The record's time; null when it has none.</param>
    /// <param name="user">User of the monitor; null when the record names none.</param>
    public static Reading FromVendor(
        int systolic, int diastolic, int? pulseRate, bool hasMoved, bool isIrregular, PhdTimestamp? stamp, byte? user)
    {
        var panel = new CompoundNumericValue(
            BloodPressureTerms.Panel,
            [
                Pressure(BloodPressureTerms.Systolic, MderFloat.Fixed(systolic, 0), inKilopascal: false),
                Pressure(BloodPressureTerms.Diastolic, MderFloat.Fixed(diastolic, 0), inKilopascal: false),
                new NumericComponent(BloodPressureTerms.Mean, MeasuredValue.Absent(AbsenceReason.NotPerformed), Units.MmHg),
            ]);
        List<ReadingValue> values = [panel];
        if (pulseRate is { } rate)
        {
            values.Add(new NumericValue(BloodPressureTerms.PulseRate, MeasuredValue.Of(rate), Units.BeatsPerMinute));
        }

        if (StatusBits((hasMoved ? MovedBit : 0) | (isIrregular ? IrregularBit : 0)) is { Length: > 0 } bits)
        {
            values.Add(new BitsEnumerationValue(BloodPressureTerms.Status, bits) { DerivedFrom = 0 });
        }

        return new Reading { Values = [.. values], Timestamp = stamp, UserIndex = user };
    }

    public static Reading FromCuffPressure(in BloodPressureMeasurement m, SessionContext context)
    {
        Unit unit = m.InKilopascal ? Units.KPa : Units.MmHg;
        var cuff = new NumericValue(BloodPressureTerms.CuffPressure, m.Systolic.ToValue(), unit) { Upload = UploadRule.Never };
        return ToReading(m, context, cuff, UploadRule.Never);
    }

    /// <summary>
    /// The time of an enhanced record: the one that its user sees. A Time Stamp alone may be on another time scale than the clock that is compared, so it
    /// identifies the record and is mapped by nothing.
    /// </summary>
    public static Reading WithTime(Reading reading, in EnhancedBloodPressureMeasurement m) => reading with
    {
        Timestamp = m.UserFacingTime ?? m.TimeStamp,
        ClockFault = m.UserFacingTime is null && m.TimeStamp is not null,
    };

    private static Reading ToReading(in BloodPressureMeasurement m, SessionContext context, ReadingValue first, UploadRule upload)
    {
        ReadingValue? pulse = m.PulseRate is { } rate
            ? new NumericValue(BloodPressureTerms.PulseRate, rate.ToValue(), Units.BeatsPerMinute) { Upload = upload }
            : null;
        ReadingValue? bits = StatusBits(m.Status & BloodPressureFeature.StatusSupport(context.BloodPressureFeature)) is { Length: > 0 } set
            ? new BitsEnumerationValue(BloodPressureTerms.Status, set) { DerivedFrom = 0, Upload = upload }
            : null;
        return new Reading
        {
            Values = (pulse, bits) switch
            {
                (null, null) => [first],
                (not null, null) => [first, pulse],
                (null, not null) => [first, bits],
                _ => [first, pulse, bits],
            },
            Timestamp = m.Timestamp is { IsUnknown: false } stamp ? stamp : null,
            UserIndex = m.UserId,
        };
    }

    /// <summary>kPa become whole mmHg, half away from zero, because R4's blood pressure profile allows only mm[Hg]; the original stays beside it.</summary>
    private static NumericComponent Pressure(MdcTerm code, MderFloat raw, bool inKilopascal)
    {
        MeasuredValue value = raw.ToValue();
        if (!inKilopascal || !value.IsPresent)
        {
            return new NumericComponent(code, value, Units.MmHg);
        }

        decimal converted = Math.Round(value.Number * MmHgPerKilopascal, 0, MidpointRounding.AwayFromZero);
        return new NumericComponent(code, MeasuredValue.Of(converted), Units.MmHg, value, Units.KPa);
    }

    /// <summary>Events, reported only when set and only those that the monitor supports. GATT bits 3 and 4 are one field: 1 = over, 2 = under the range, 3 reserved.</summary>
    private static BitState[] StatusBits(int? status)
    {
        if (status is not { } bits || (bits & 0x3F) == 0)
        {
            return [];
        }

        int range = (bits >> 3) & 3;
        Span<bool> set = [(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, range == 1, range == 2, (bits & 0x20) != 0];
        return BitStates.Events(set, StatusNames);
    }
}
