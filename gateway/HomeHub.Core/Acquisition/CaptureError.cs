using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>What is wrong with a capture line.</summary>
/// <param name="Code"><see cref="DecodeErrorCode.NotJson"/> or <see cref="DecodeErrorCode.InvalidLine"/>.</param>
/// <param name="Field">Path of the field, e.g. <c>device.address</c>; <see cref="WholeLine"/> for the line as a whole.</param>
/// <param name="Message">What is expected there; holds no value of the line.</param>
/// <param name="Offset">For what is not JSON, the byte of the line where the reader stopped; else 0.</param>
/// <param name="Characteristic">The characteristic that the line names; null where it names none, or it can't be read.</param>
public readonly record struct CaptureError(
    DecodeErrorCode Code, string Field, string Message, int Offset = 0, BluetoothUuid? Characteristic = null)
{
    /// <summary><see cref="Field"/> of an error of the line as a whole.</summary>
    public const string WholeLine = "line";
}
