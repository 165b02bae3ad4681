namespace HomeHub.Profiles;

/// <summary>Why a payload or a capture line was not decoded. <see cref="DecodeErrorCodes.ToWire"/> gives the names used outside.</summary>
public enum DecodeErrorCode : byte
{
    /// <summary>No error.</summary>
    None,

    /// <summary><c>truncated</c>: the payload ends before a field that its flags promise.</summary>
    Truncated,

    /// <summary><c>trailing-octets</c>: octets are left over after the last field.</summary>
    TrailingOctets,

    /// <summary><c>field-out-of-range</c>: a field holds a value that its specification does not allow.</summary>
    FieldOutOfRange,

    /// <summary><c>crc-mismatch</c>: the E2E-CRC is wrong, missing where it must be, or there where it must not be.</summary>
    CrcMismatch,

    /// <summary><c>filler-record</c>: a record that real devices use to fill their memory (negative concentration, all-zero body composition).</summary>
    FillerRecord,

    /// <summary><c>unknown-characteristic</c>: nobody decodes this characteristic.</summary>
    UnknownCharacteristic,

    /// <summary><c>not-json</c>: a capture line is not JSON.</summary>
    NotJson,

    /// <summary><c>invalid-line</c>: a capture line lacks a field or holds one that can't be read.</summary>
    InvalidLine,

    /// <summary><c>time-unknown</c>: it was taken while the hub did not know the time, and the time never became known before it was started anew.</summary>
    TimeUnknown,
}
