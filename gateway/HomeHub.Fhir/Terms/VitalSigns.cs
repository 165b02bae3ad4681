using System.Collections.Frozen;

namespace HomeHub.Fhir.Terms;

/// <summary>
/// Which MDC codes are R4 vital signs, and the LOINC codes that R4 asks for beside them. LOINC codes that are only optional (mean pressure,
/// sites of a temperature, glucose) are left out, with one exception: oxygen saturation has its second code, as in the guide's examples.
/// </summary>
internal static class VitalSigns
{
    private static readonly LoincTerm HeartRate = new("8867-4", "Heart rate");
    private static readonly LoincTerm Temperature = new("8310-5", "Body temperature");

    private static readonly FrozenDictionary<uint, LoincTerm[]> ByCode = new Dictionary<uint, LoincTerm[]>
    {
        [150020] = [new("85354-9", "Blood pressure panel with all children optional")],
        [150021] = [new("8480-6", "Systolic blood pressure")],
        [150022] = [new("8462-4", "Diastolic blood pressure")],
        [149546] = [HeartRate],
        [149530] = [HeartRate],
        [147842] = [HeartRate],
        [8410590] = [HeartRate],
        [8454258] = [HeartRate],
        [150456] =
        [
            new("2708-6", "Oxygen saturation in Arterial blood"),
            new("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
        ],
        [150364] = [Temperature],
        [188452] = [Temperature],
        [188428] = [Temperature],
        [188432] = [Temperature],
        [188456] = [Temperature],
        [188424] = [Temperature],
        [188420] = [Temperature],
        [188448] = [Temperature],
        [150392] = [Temperature],
        [188736] = [new("29463-7", "Body weight")],
        [188740] = [new("8302-2", "Body height")],
        [188752] = [new("39156-5", "Body mass index (BMI) [Ratio]")],
        [151562] = [new("9279-1", "Respiratory rate")],
    }.ToFrozenDictionary();

    /// <summary>The LOINC codes of a vital sign or of a component of one; none for anything else.</summary>
    public static LoincTerm[] LoincOf(uint code) => ByCode.GetValueOrDefault(code, []);
}
