using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.ViatomOximeter;

namespace HomeHub.Profiles.Streams;

/// <summary>What is kept of a stream by the minute.</summary>
/// <param name="Characteristic">UUID of the characteristic.</param>
internal sealed record StreamRule(BluetoothUuid Characteristic)
{
    private static readonly StreamRule[] All =
    [
        new(HeartRateProfile.MeasurementUuid) { LastOnly = [HeartRateTerms.Energy], LeftOut = [HeartRateTerms.RrInterval] },
        new(PulseOximeterProfile.ContinuousUuid),
        new(HealthThermometerProfile.IntermediateUuid),
        new(BerryMedOximeterProfile.StreamUuid),
        new(Pc60OximeterProfile.StreamUuid),
        new(PolarEcgProfile.DataUuid),
        new(ViatomOximeterProfile.AnswerUuid),
    ];

    /// <summary>Totals that count up: the last one stands for the minute, and has no mean.</summary>
    public MdcTerm[] LastOnly { get; private init; } = [];

    /// <summary>Values of which a minute says nothing; their octets are kept.</summary>
    public MdcTerm[] LeftOut { get; private init; } = [];

    /// <summary>The rule of a characteristic; null for one whose values are kept each.</summary>
    public static StreamRule? Find(BluetoothUuid characteristic) => Array.Find(All, rule => rule.Characteristic == characteristic);
}
