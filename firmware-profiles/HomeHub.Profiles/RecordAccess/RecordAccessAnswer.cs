using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.RecordAccess;

/// <summary>What a peripheral indicates on its Record Access Control Point: a number of records, or how a procedure ended.</summary>
/// <param name="RequestOpCode">Op code of the request that it answers; 0 for a number of records, which names none.</param>
/// <param name="Response">How the procedure ended; <see cref="RecordAccessResponse.Success"/> for a number of records.</param>
/// <param name="NumberOfRecords">The number of records, 0 to 65535; null when that is not what was told.</param>
public readonly record struct RecordAccessAnswer(byte RequestOpCode, RecordAccessResponse Response, ushort? NumberOfRecords)
{
    private const byte NumberResponse = (byte)RecordAccessOpCode.NumberResponse, ResponseCode = (byte)RecordAccessOpCode.ResponseCode;

    /// <summary>Whether it says how a procedure of <paramref name="opCode"/> ended.</summary>
    public bool Ends(RecordAccessOpCode opCode) => NumberOfRecords is null && RequestOpCode == (byte)opCode;

    /// <summary>Reads an indication; false when it is none of the two, is too short or too long.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out RecordAccessAnswer answer, out DecodeError error)
    {
        answer = default;
        var reader = new WireReader(octets);
        byte opCode = reader.UInt8("Op Code");
        byte @operator = reader.UInt8("Operator");
        if (!reader.Failed && (opCode is not (NumberResponse or ResponseCode) || @operator != 0))
        {
            bool isKnown = opCode is NumberResponse or ResponseCode;
            reader.Reject(DecodeErrorCode.FieldOutOfRange, isKnown ? "Operator" : "Op Code", isKnown ? 1 : 0);
        }
        else if (opCode == NumberResponse)
        {
            answer = new RecordAccessAnswer(0, RecordAccessResponse.Success, reader.UInt16("Number of Records"));
        }
        else
        {
            byte request = reader.UInt8("Request Op Code");
            answer = new RecordAccessAnswer(request, (RecordAccessResponse)reader.UInt8("Response Code Value"), null);
        }

        bool isWhole = reader.End();
        error = isWhole ? default : reader.Error(RecordAccessControlPoint.Uuid);
        return isWhole;
    }
}
