using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles;

/// <summary>Decodes one payload. Pure: the same octets and context give the same result. Never throws, whatever the octets.</summary>
/// <param name="octets">The payload as received.</param>
/// <param name="context">What the connection told so far.</param>
public delegate DecodeResult DecodePayload(ReadOnlySpan<byte> octets, SessionContext context);

/// <summary>The decoder of one characteristic.</summary>
/// <param name="Characteristic">UUID; of the service itself for what is advertised as its service data.</param>
/// <param name="Name">Name by the Bluetooth SIG, or by the vendor.</param>
/// <param name="Decode">What decodes it.</param>
public sealed record CharacteristicDecoder(BluetoothUuid Characteristic, string Name, DecodePayload Decode)
{
    /// <summary>How a payload is found in what is notified; null where a notification is a payload.</summary>
    public FrameLayout? Frames { get; init; }
}
