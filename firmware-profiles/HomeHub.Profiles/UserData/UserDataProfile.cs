using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.UserData;

/// <summary>User Data Service 1.0 (0x181C): only the index of the user that the device has chosen.</summary>
public static class UserDataProfile
{
    /// <summary>User Index.</summary>
    public const ushort UserIndexUuid = 0x2A9A;

    /// <summary>The profile. It says nothing about what the device measures.</summary>
    public static readonly GattProfile Profile = new(
        0x181C,
        "User Data",
        null,
        [
            new CharacteristicDecoder(UserIndexUuid, "User Index", DecodeUserIndex),
        ]);

    /// <summary>User Index (3.4): 0 to 254, 255 = unknown user.</summary>
    internal static bool TryDecodeUserIndex(ReadOnlySpan<byte> octets, out byte index, out DecodeError error)
    {
        var reader = new WireReader(octets);
        index = reader.UInt8("User Index");
        bool understood = reader.End();
        error = understood ? default : reader.Error(UserIndexUuid);
        return understood;
    }

    /// <summary>Recognised and checked; each record names its own user, so nothing comes of it.</summary>
    private static DecodeResult DecodeUserIndex(ReadOnlySpan<byte> octets, SessionContext context) =>
        TryDecodeUserIndex(octets, out _, out DecodeError error) ? default : DecodeResult.Rejected(error);
}
