using HomeHub.Profiles;
using HomeHub.Profiles.Battery;
using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.BodyComposition;
using HomeHub.Profiles.ContinuousGlucose;
using HomeHub.Profiles.CurrentTime;
using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.ElapsedTime;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.HealthThermometer;
using HomeHub.Profiles.HeartRate;
using HomeHub.Profiles.OmronMemory;
using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.PulseOximeter;
using HomeHub.Profiles.RoomClimate;
using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Profiles.UserData;
using HomeHub.Profiles.ViatomOximeter;
using HomeHub.Profiles.WeightScale;
using HomeHub.Profiles.XiaomiScale;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>
/// Where dates stand in the octets of each characteristic that a profile decodes. A characteristic that is not here is left out of an anonymised capture, so a new
/// profile has its line here; a test finds the one that is missing.
/// </summary>
internal static class StampPlaces
{
    private static readonly Dictionary<BluetoothUuid, MoveStamps> Places = new()
    {
        [BloodPressureProfile.MeasurementUuid] = After(7, 0x02),
        [BloodPressureProfile.CuffPressureUuid] = After(7, 0x02),
        [BloodPressureProfile.EnhancedMeasurementUuid] = (octets, shift, _) => StampWriting.MoveEnhancedPressure(octets, 6, shift),
        [BloodPressureProfile.EnhancedCuffPressureUuid] = (octets, shift, _) => StampWriting.MoveEnhancedPressure(octets, 2, shift),
        [BodyCompositionProfile.MeasurementUuid] = After(4, 0x02),
        [CurrentTimeProfile.DateTimeUuid] = At(0),
        [CurrentTimeProfile.CurrentTimeUuid] = StampWriting.MoveCurrentTime,
        [CgmProfile.SessionStartUuid] = StampWriting.MoveSessionStart,
        [ElapsedTimeProfile.CurrentElapsedTimeUuid] = StampWriting.MoveElapsedTime,
        [GlucoseProfile.MeasurementUuid] = At(3),
        [HealthThermometerProfile.MeasurementUuid] = After(5, 0x02),
        [HealthThermometerProfile.IntermediateUuid] = After(5, 0x02),
        [OmronMemoryProfile.AnswerUuid] = VendorStamps.MoveOmron,
        [PolarEcgProfile.DataUuid] = VendorStamps.MovePolar,
        [PulseOximeterProfile.SpotCheckUuid] = After(5, 0x01),
        [TaiDocMeterProfile.AnswerUuid] = VendorStamps.MoveTaiDoc,
        [WeightScaleProfile.MeasurementUuid] = After(3, 0x02),
        [XiaomiScaleProfile.AdvertisedWeightUuid] = At(3),
        [XiaomiScaleProfile.AdvertisedCompositionUuid] = At(2),
    };

    /// <summary>Characteristics that hold no date.</summary>
    private static readonly HashSet<BluetoothUuid> Without =
    [
        BatteryProfile.LevelUuid,
        BerryMedOximeterProfile.StreamUuid,
        BloodPressureProfile.FeatureUuid,
        BodyCompositionProfile.FeatureUuid,
        CgmProfile.MeasurementUuid, CgmProfile.FeatureUuid, CgmProfile.RunTimeUuid,
        CurrentTimeProfile.LocalTimeUuid,
        DeviceInformationProfile.SystemIdUuid, DeviceInformationProfile.ModelUuid, DeviceInformationProfile.SerialUuid,
        DeviceInformationProfile.FirmwareUuid, DeviceInformationProfile.HardwareUuid, DeviceInformationProfile.SoftwareUuid,
        DeviceInformationProfile.ManufacturerUuid, DeviceInformationProfile.CertificationUuid, DeviceInformationProfile.PnpIdUuid,
        GlucoseProfile.ContextUuid, GlucoseProfile.FeatureUuid,
        HealthThermometerProfile.TypeUuid, HealthThermometerProfile.IntervalUuid,
        HeartRateProfile.MeasurementUuid, HeartRateProfile.LocationUuid,
        Pc60OximeterProfile.StreamUuid,
        PulseOximeterProfile.ContinuousUuid, PulseOximeterProfile.FeaturesUuid,
        RoomClimateProfile.RecordUuid,
        UserDataProfile.UserIndexUuid,
        ViatomOximeterProfile.AnswerUuid,
        WeightScaleProfile.FeatureUuid,
    ];

    /// <summary>Moves the dates in <paramref name="octets"/>, which a decoder has understood.</summary>
    /// <param name="octets">The value; changed in place.</param>
    /// <param name="shift">By how much.</param>
    /// <param name="context">What the connection told before.</param>
    /// <returns>False when a date can't be moved; the octets are then not to be used.</returns>
    internal delegate bool MoveStamps(Span<byte> octets, DateShift shift, SessionContext context);

    /// <summary>How to move the dates of a characteristic's values; null when it is not known where they stand.</summary>
    public static MoveStamps? Find(BluetoothUuid characteristic) =>
        Places.GetValueOrDefault(characteristic) ?? (Without.Contains(characteristic) ? static (_, _, _) => true : null);

    private static MoveStamps At(int offset) => (octets, shift, _) => StampWriting.TryMove(octets[offset..], shift);

    /// <summary>A Date Time that is there when a bit of the first octet is set.</summary>
    private static MoveStamps After(int offset, byte flag) => (octets, shift, _) => (octets[0] & flag) == 0 || StampWriting.TryMove(octets[offset..], shift);
}
