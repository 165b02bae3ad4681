using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Capture.Recording;

/// <summary>A value that went over a connection.</summary>
/// <param name="Characteristic">Whose.</param>
/// <param name="Operation">How it came about.</param>
/// <param name="Octets">The value.</param>
/// <param name="At">Hub time: of reception, or when it was read or written.</param>
public readonly record struct RecordedValue(GattCharacteristic Characteristic, CaptureOperation Operation, ReadOnlyMemory<byte> Octets, DateTimeOffset At);
