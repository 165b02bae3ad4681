namespace HomeHub.Profiles.PolarEcg;

/// <summary>Electrocardiogram of Polar's H10 strap, by the Polar Measurement Data service. It says nothing of a device's purpose: other Polar devices have it too.</summary>
public static class PolarEcgProfile
{
    /// <summary>What the strap measures, notified.</summary>
    public static readonly BluetoothUuid DataUuid = BluetoothUuid.Parse("fb005c82-02e7-f387-1cad-8acd2d8df0c8");

    /// <summary>Where it is told to begin and to end.</summary>
    public static readonly BluetoothUuid ControlPoint = BluetoothUuid.Parse("fb005c81-02e7-f387-1cad-8acd2d8df0c8");

    /// <summary>The service.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("fb005c80-02e7-f387-1cad-8acd2d8df0c8");

    /// <summary>Time from one sample to the next at 130 Hz, to the nanosecond.</summary>
    public const decimal PeriodMilliseconds = 7.692308m;

    private const byte Answer = 0xF0, StartMeasurement = 0x02, StopMeasurement = 0x03, Ecg = 0x00, Success = 0x00, AlreadyInState = 0x06;

    private static readonly byte[] StartRequest = [StartMeasurement, Ecg, 0x00, 0x01, 0x82, 0x00, 0x01, 0x01, 0x0E, 0x00];

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service, "Polar electrocardiogram", null, [new CharacteristicDecoder(DataUuid, "Polar measurement data", Decode)])
    {
        Control = new StreamControl(ControlPoint, StartRequest, [StopMeasurement, Ecg], IsStarted),
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        if (!PolarEcgFrame.TryDecode(octets, out PolarEcgFrame frame, out DecodeError error))
        {
            return DecodeResult.Rejected(error);
        }

        return DecodeResult.Of(new Reading
        {
            Values = [new SampledValue(PolarEcgTerms.Potential, frame.Samples, PeriodMilliseconds, Units.Microvolt) { LastAtNanoseconds = frame.LastAtNanoseconds }],
        });
    }

    private static bool? IsStarted(byte[] answer) =>
        answer is [Answer, StartMeasurement, Ecg, var status, ..] ? status is Success or AlreadyInState : null;
}
