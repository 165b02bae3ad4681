using System.Collections.Frozen;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.WeightScale;

namespace HomeHub.Core.Consent;

/// <summary>What kinds of data a reading tells of.</summary>
public static class DataKindRules
{
    /// <summary>By MDC code of the device specialisation that a service stands for.</summary>
    private static readonly FrozenDictionary<uint, DataKinds> BySpecialization = new Dictionary<uint, DataKinds>
    {
        [BloodPressureTerms.Specialization.Code] = DataKinds.BloodPressure,
        [BodyCompositionTerms.Specialization.Code] = DataKinds.Weight,
        [WeightScaleTerms.Specialization.Code] = DataKinds.Weight,
        [CgmTerms.Specialization.Code] = DataKinds.Glucose,
        [GlucoseTerms.Specialization.Code] = DataKinds.Glucose,
        [TemperatureTerms.Specialization.Code] = DataKinds.Temperature,
        [HeartRateTerms.Specialization.Code] = DataKinds.Heart,
        [PulseOximeterTerms.Specialization.Code] = DataKinds.Oximetry,
    }.ToFrozenDictionary();

    /// <summary>By MDC code of a value that is what a measurement is for, whichever device tells it: some vendors' meters measure more than their service says.</summary>
    private static readonly FrozenDictionary<uint, DataKinds> ByValue = new Dictionary<uint, DataKinds>
    {
        [BloodPressureTerms.Panel.Code] = DataKinds.BloodPressure,
        [WeightScaleTerms.Weight.Code] = DataKinds.Weight,
        [PulseOximeterTerms.OxygenSaturation.Code] = DataKinds.Oximetry,
        [HeartRateTerms.HeartRate.Code] = DataKinds.Heart,
        [PolarEcgTerms.Potential.Code] = DataKinds.Heart,
    }.ToFrozenDictionary();

    /// <summary>
    /// The kinds of a reading: that of its service with those of its values, or, where neither says anything (battery, user data), all that its device measures.
    /// None where nobody knows.
    /// </summary>
    public static DataKinds Of(AcquiredReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading.Patient.IsRoom)
        {
            return DataKinds.Room;
        }

        DataKinds own = Of(reading.Service);
        if (reading.TryDecode(out _))
        {
            foreach (ReadingValue value in reading.Reading.Values)
            {
                own |= ByValue.GetValueOrDefault(value.Code.Code);
            }
        }

        return own != DataKinds.None ? own : Of(reading.Device);
    }

    /// <summary>All kinds that a device measures, as far as is known.</summary>
    public static DataKinds Of(DeviceDescriptor device)
    {
        ArgumentNullException.ThrowIfNull(device);
        DataKinds kinds = DataKinds.None;
        foreach (BluetoothUuid service in device.Services)
        {
            kinds |= Of(service);
        }

        return kinds;
    }

    /// <summary>The kind that a service stands for; none for one that says nothing of it.</summary>
    public static DataKinds Of(BluetoothUuid service) =>
        ProfileRegistry.FindProfile(service)?.Specialization is { } specialization ? BySpecialization.GetValueOrDefault(specialization.Code) : DataKinds.None;
}
