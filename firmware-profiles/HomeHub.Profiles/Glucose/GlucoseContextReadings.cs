namespace HomeHub.Profiles.Glucose;

/// <summary>
/// From a decoded Glucose Measurement Context to a reading. Its values belong to the measurement with the same Sequence Number and take
/// their time from it; the link is made where both are known, so nothing here is derived from anything.
/// </summary>
internal static class GlucoseContextReadings
{
    private const int KilogramToGramShift = 3;
    private const int KilogramToMilligramShift = 6;
    private const int LitreToMillilitreShift = 3;

    public static Reading FromContext(in GlucoseMeasurementContext c)
    {
        int people = c.TesterAndHealth.GetValueOrDefault();
        NumericValue? carbohydrate = Carbohydrate(c);
        CodedValue? meal = Coded(GlucoseContextTerms.Meal, GlucoseContextTerms.MealOf(c.Meal.GetValueOrDefault()));
        CodedValue? tester = Coded(GlucoseContextTerms.Tester, GlucoseContextTerms.TesterOf(people & 0x0F));
        CodedValue? health = Coded(GlucoseContextTerms.Health, GlucoseContextTerms.HealthOf(people >> 4));
        NumericValue? exercise = Exercise(c);
        NumericValue? medication = Medication(c);
        NumericValue? hba1c = c.HbA1c is { } raw ? new NumericValue(GlucoseContextTerms.HbA1c, raw.ToValue(), Units.Percent) : null;

        var values = new ReadingValue[
            One(carbohydrate) + One(meal) + One(tester) + One(health) + One(exercise) + One(medication) + One(hba1c)];
        int next = Add(values, 0, carbohydrate);
        next = Add(values, next, meal);
        next = Add(values, next, tester);
        next = Add(values, next, health);
        next = Add(values, next, exercise);
        next = Add(values, next, medication);
        Add(values, next, hba1c);
        return new Reading { Values = values, SequenceNumber = c.SequenceNumber, IsContext = true };
    }

    private static NumericValue? Carbohydrate(in GlucoseMeasurementContext c) =>
        c is { CarbohydrateId: { } id, Carbohydrate: { } raw }
            ? new NumericValue(GlucoseContextTerms.CarbohydrateOf(id), raw.Shift(KilogramToGramShift).ToValue(), Units.Gram)
            : null;

    private static NumericValue? Exercise(in GlucoseMeasurementContext c) =>
        c is { ExerciseIntensity: { } percent, ExerciseDuration: { } seconds }
            ? new NumericValue(GlucoseContextTerms.Exercise, MeasuredValue.Of(percent), Units.Percent)
            {
                Duration = seconds == GlucoseMeasurementContext.DurationOverrun ? null : TimeSpan.FromSeconds(seconds),
            }
            : null;

    private static NumericValue? Medication(in GlucoseMeasurementContext c) =>
        c is { MedicationId: { } id, Medication: { } raw }
            ? new NumericValue(
                GlucoseContextTerms.MedicationOf(id),
                raw.Shift(c.MedicationInLitre ? LitreToMillilitreShift : KilogramToMilligramShift).ToValue(),
                c.MedicationInLitre ? Units.Millilitre : Units.Milligram)
            : null;

    private static CodedValue? Coded(MdcTerm question, MdcTerm? answer) => answer is { } term ? new CodedValue(question, term) : null;

    private static int One(ReadingValue? value) => value is null ? 0 : 1;

    private static int Add(ReadingValue[] values, int next, ReadingValue? value)
    {
        if (value is not null)
        {
            values[next++] = value;
        }

        return next;
    }
}
