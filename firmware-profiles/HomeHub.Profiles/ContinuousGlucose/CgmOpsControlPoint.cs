using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>
/// Requests to the CGM Specific Ops Control Point (0x2AAC; CGM Service 1.0.2, 3.8): op code, operand, and the E2E-CRC where CGM Feature bit 12 says so. Those
/// that set a level or a calibration are left out: the hub changes no therapy.
/// </summary>
public static class CgmOpsControlPoint
{
    /// <summary>The characteristic.</summary>
    public const ushort Uuid = 0x2AAC;

    /// <summary>Communication interval that stops the sensor from telling by itself.</summary>
    public const byte IntervalDisabled = 0;

    /// <summary>Communication interval for as often as the sensor can.</summary>
    public const byte FastestInterval = 0xFF;

    /// <summary>Starts the session.</summary>
    public static byte[] StartSession(SessionContext context) => Of(CgmOpCode.StartSession, [], context);

    /// <summary>Stops the session.</summary>
    public static byte[] StopSession(SessionContext context) => Of(CgmOpCode.StopSession, [], context);

    /// <summary>Asks how often the sensor tells by itself.</summary>
    public static byte[] GetCommunicationInterval(SessionContext context) => Of(CgmOpCode.GetCommunicationInterval, [], context);

    /// <summary>Sets how often the sensor tells by itself.</summary>
    /// <param name="minutes">Minutes, <see cref="IntervalDisabled"/> or <see cref="FastestInterval"/>.</param>
    /// <param name="context">Whether there is a CRC.</param>
    public static byte[] SetCommunicationInterval(byte minutes, SessionContext context) => Of(CgmOpCode.SetCommunicationInterval, [minutes], context);

    /// <summary>Asks for a calibration.</summary>
    /// <param name="recordNumber">Its Data Record Number, or <see cref="CgmCalibration.MostRecent"/>.</param>
    /// <param name="context">Whether there is a CRC.</param>
    public static byte[] GetCalibration(ushort recordNumber, SessionContext context)
    {
        Span<byte> operand = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16LittleEndian(operand, recordNumber);
        return Of(CgmOpCode.GetCalibration, operand, context);
    }

    /// <summary>Asks for an alert level; null when <paramref name="level"/> is no op code that asks for one.</summary>
    public static byte[]? GetAlertLevel(CgmOpCode level, SessionContext context) => IsLevel(level + 1) ? Of(level, [], context) : null;

    /// <summary>Whether an op code tells an alert level.</summary>
    internal static bool IsLevel(CgmOpCode opCode) => opCode is CgmOpCode.PatientHigh or CgmOpCode.PatientLow or CgmOpCode.Hypo or CgmOpCode.Hyper
        or CgmOpCode.RateOfDecrease or CgmOpCode.RateOfIncrease;

    private static byte[] Of(CgmOpCode opCode, ReadOnlySpan<byte> operand, SessionContext context)
    {
        bool hasCrc = CgmCrc.IsRequired(context) == true;
        byte[] octets = new byte[1 + operand.Length + (hasCrc ? CgmCrc.Octets : 0)];
        octets[0] = (byte)opCode;
        operand.CopyTo(octets.AsSpan(1));
        if (hasCrc)
        {
            int end = octets.Length - CgmCrc.Octets;
            BinaryPrimitives.WriteUInt16LittleEndian(octets.AsSpan(end), E2eCrc.Of(octets.AsSpan(0, end)));
        }

        return octets;
    }
}
