using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>What a sensor indicates on its CGM Specific Ops Control Point (0x2AAC; CGM Service 1.0.2, 3.8): a value that was asked for, or how a procedure ended.</summary>
/// <param name="OpCode">What it is.</param>
/// <param name="RequestOpCode">For a response code, the op code of the request; else <see cref="CgmOpCode.Reserved"/>.</param>
/// <param name="Response">For a response code, how it ended; <see cref="CgmOpResponse.Success"/> for a value.</param>
/// <param name="IntervalMinutes">Communication interval in minutes, 0 = disabled, 255 = as often as it can; null when that is not what was told.</param>
/// <param name="Level">Alert level in mg/dL, of a rate in mg/dL a minute; null when that is not what was told.</param>
/// <param name="Calibration">A calibration; null when that is not what was told.</param>
public readonly record struct CgmOpsAnswer(
    CgmOpCode OpCode, CgmOpCode RequestOpCode, CgmOpResponse Response, byte? IntervalMinutes, MderFloat? Level, CgmCalibration? Calibration)
{
    /// <summary>
    /// Reads an indication; false with field and offset when its op code is no answer, it is cut short, octets are left over, or its E2E-CRC is wrong, missing
    /// or not to be there.
    /// </summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, SessionContext context, out CgmOpsAnswer answer, out DecodeError error)
    {
        var reader = new WireReader(octets);
        var opCode = (CgmOpCode)reader.UInt8("Op Code");
        answer = new CgmOpsAnswer(opCode, CgmOpCode.Reserved, CgmOpResponse.Success, null, null, null);
        if (opCode == CgmOpCode.ResponseCode)
        {
            var request = (CgmOpCode)reader.UInt8("Request Op Code");
            answer = answer with { RequestOpCode = request, Response = (CgmOpResponse)reader.UInt8("Response Code Value") };
        }
        else if (opCode == CgmOpCode.CommunicationInterval)
        {
            answer = answer with { IntervalMinutes = reader.UInt8("Communication Interval") };
        }
        else if (opCode == CgmOpCode.Calibration)
        {
            answer = answer with { Calibration = CgmCalibration.Read(ref reader) };
        }
        else if (CgmOpsControlPoint.IsLevel(opCode))
        {
            answer = answer with { Level = reader.SFloat("Alert Level") };
        }
        else
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Op Code", 0);
        }

        bool isWhole = CgmCrc.End(ref reader, octets, CgmCrc.IsRequired(context));
        error = isWhole ? default : reader.Error(CgmOpsControlPoint.Uuid);
        return isWhole;
    }
}
