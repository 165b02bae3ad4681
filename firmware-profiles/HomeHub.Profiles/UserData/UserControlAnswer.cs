using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.UserData;

/// <summary>The device's answer to a request at the User Control Point (User Data Service 1.0, 3.5.1.1).</summary>
/// <param name="Request">Op code of the request that it answers.</param>
/// <param name="Response">
/// 1 success, 2 op code not supported, 3 invalid parameter, 4 operation failed, 5 user not authorized (table 3.4); others are reserved.
/// </param>
public readonly record struct UserControlAnswer(byte Request, byte Response)
{
    private const byte ResponseOpCode = 0x20;
    private const byte Success = 1;

    /// <summary>Whether the device did what was asked.</summary>
    public bool IsSuccess => Response == Success;

    /// <summary>Reads an indication. A parameter, as that of Register New User, is left unread. False when it is none, or is too short.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out UserControlAnswer answer, out DecodeError error)
    {
        var reader = new WireReader(octets);
        byte opCode = reader.UInt8("Op Code");
        if (!reader.Failed && opCode != ResponseOpCode)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Op Code", 0);
        }

        answer = new UserControlAnswer(reader.UInt8("Request Op Code"), reader.UInt8("Response Value"));
        error = reader.Failed ? reader.Error(UserControlPoint.Uuid) : default;
        return !reader.Failed;
    }
}
