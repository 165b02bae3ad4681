namespace HomeHub.Profiles;

/// <summary>The names of <see cref="DecodeErrorCode"/> outside the program: kebab-case, stable.</summary>
public static class DecodeErrorCodes
{
    /// <summary>Name of a code, e.g. <c>trailing-octets</c>.</summary>
    public static string ToWire(this DecodeErrorCode code) => code switch
    {
        DecodeErrorCode.None => "none",
        DecodeErrorCode.Truncated => "truncated",
        DecodeErrorCode.TrailingOctets => "trailing-octets",
        DecodeErrorCode.FieldOutOfRange => "field-out-of-range",
        DecodeErrorCode.CrcMismatch => "crc-mismatch",
        DecodeErrorCode.FillerRecord => "filler-record",
        DecodeErrorCode.UnknownCharacteristic => "unknown-characteristic",
        DecodeErrorCode.NotJson => "not-json",
        DecodeErrorCode.InvalidLine => "invalid-line",
        DecodeErrorCode.TimeUnknown => "time-unknown",
        _ => throw new ArgumentOutOfRangeException(nameof(code)),
    };
}
