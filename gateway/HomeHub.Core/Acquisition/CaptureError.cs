using HomeHub.Profiles;

namespace HomeHub.Core.Acquisition;

/// <summary>What is wrong with a capture line.</summary>
/// <param name="Code"><see cref="DecodeErrorCode.NotJson"/> or <see cref="DecodeErrorCode.InvalidLine"/>.</param>
/// <param name="Field">Path of the field, e.g. <c>device.address</c>; empty for the line as a whole.</param>
/// <param name="Message">What is expected there; holds no value of the line.</param>
public readonly record struct CaptureError(DecodeErrorCode Code, string Field, string Message);
