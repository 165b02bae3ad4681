using System.Collections.Frozen;
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
using HomeHub.Profiles.Streams;
using HomeHub.Profiles.TaiDocMeter;
using HomeHub.Profiles.UserData;
using HomeHub.Profiles.ViatomOximeter;
using HomeHub.Profiles.WeightScale;
using HomeHub.Profiles.XiaomiScale;

namespace HomeHub.Profiles;

/// <summary>All profiles. A new one is a folder of its own and one line here; a test finds folders that were forgotten.</summary>
public static class ProfileRegistry
{
    /// <summary>The profiles, by service.</summary>
    public static readonly IReadOnlyList<GattProfile> All =
    [
        BatteryProfile.Profile,
        BerryMedOximeterProfile.Profile,
        BloodPressureProfile.Profile,
        BodyCompositionProfile.Profile,
        CgmProfile.Profile,
        CurrentTimeProfile.Profile,
        DeviceInformationProfile.Profile,
        ElapsedTimeProfile.Profile,
        GlucoseProfile.Profile,
        HealthThermometerProfile.Profile,
        HeartRateProfile.Profile,
        OmronMemoryProfile.Profile,
        Pc60OximeterProfile.Profile,
        PolarEcgProfile.Profile,
        PulseOximeterProfile.Profile,
        RoomClimateProfile.Profile,
        TaiDocMeterProfile.Profile,
        UserDataProfile.Profile,
        ViatomOximeterProfile.Profile,
        WeightScaleProfile.Profile,
        XiaomiScaleProfile.Profile,
    ];

    private static readonly FrozenDictionary<BluetoothUuid, CharacteristicDecoder> Decoders =
        All.SelectMany(profile => profile.Decoders).ToFrozenDictionary(decoder => decoder.Characteristic);

    private static readonly FrozenDictionary<BluetoothUuid, GattProfile> Profiles = All.ToFrozenDictionary(profile => profile.Service);

    /// <summary>The decoder of a characteristic, or null when nobody decodes it.</summary>
    public static CharacteristicDecoder? FindDecoder(BluetoothUuid characteristic) => Decoders.GetValueOrDefault(characteristic);

    /// <summary>The profile of a service, or null when it is not known.</summary>
    public static GattProfile? FindProfile(BluetoothUuid service) => Profiles.GetValueOrDefault(service);

    /// <summary>Decodes a payload, or a minute of them; an unknown characteristic is an error like any other.</summary>
    public static DecodeResult Decode(BluetoothUuid characteristic, ReadOnlySpan<byte> octets, SessionContext context) =>
        FindDecoder(characteristic) is not { } decoder
            ? DecodeResult.Rejected(new DecodeError(DecodeErrorCode.UnknownCharacteristic, characteristic, "characteristic", 0))
            : context.IsMinute ? StreamMinute.Decode(decoder, octets, context) : decoder.Decode(octets, context);
}
