using HomeHub.Profiles;

namespace HomeHub.Gateway.Capture;

/// <summary>What an error means, in words; without any octet of the payload.</summary>
internal static class DecodeMessages
{
    public static string Of(DecodeError error) => error.Code switch
    {
        DecodeErrorCode.Truncated => $"The payload ends before {error.Field}.",
        DecodeErrorCode.TrailingOctets => "Octets are left over after the last field.",
        DecodeErrorCode.FieldOutOfRange => $"{error.Field} holds a value that its specification does not allow.",
        DecodeErrorCode.CrcMismatch => "The E2E-CRC is wrong, missing, or there where it must not be.",
        DecodeErrorCode.FillerRecord => "The record is a filler, which devices use for empty memory.",
        DecodeErrorCode.UnknownCharacteristic => "Nobody decodes this characteristic.",
        DecodeErrorCode.TimeUnknown => "It was taken while the hub did not know the time, and was not told it before it was started anew.",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
