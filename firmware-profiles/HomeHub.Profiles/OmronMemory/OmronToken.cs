using System.Buffers.Binary;

namespace HomeHub.Profiles.OmronMemory;

/// <summary>
/// The token by which newer monitors let their memory be read: 11 and four octets of the hub's choice, filled up to 20 with zeros; the answer is 91, 00 and the same four. It
/// is no secret: a monitor echoes any.
/// </summary>
public static class OmronToken
{
    /// <summary>Octets of a request.</summary>
    public const int Octets = 20;

    private const byte RequestType = 0x11, AnswerType = 0x91;
    private const int TokenOctets = 4, AnswerTokenOffset = 2;

    /// <summary>The request.</summary>
    public static byte[] Request(uint token)
    {
        byte[] request = new byte[Octets];
        request[0] = RequestType;
        BinaryPrimitives.WriteUInt32BigEndian(request.AsSpan(1), token);
        return request;
    }

    /// <summary>Whether an answer accepts the token.</summary>
    public static bool IsAccepted(ReadOnlySpan<byte> answer, uint token) =>
        answer.Length >= AnswerTokenOffset + TokenOctets && answer[0] == AnswerType && answer[1] == 0
        && BinaryPrimitives.ReadUInt32BigEndian(answer[AnswerTokenOffset..]) == token;
}
