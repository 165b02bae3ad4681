namespace HomeHub.Profiles;

/// <summary>What the gateway knows of one GATT service.</summary>
/// <param name="Service">UUID of the service.</param>
/// <param name="Name">Name by the Bluetooth SIG, or by the vendor.</param>
/// <param name="Specialization">MDC_DEV_SPEC_PROFILE term of a device that offers it; null for services that say nothing about its purpose.</param>
/// <param name="Decoders">One a characteristic.</param>
public sealed record GattProfile(BluetoothUuid Service, string Name, MdcTerm? Specialization, CharacteristicDecoder[] Decoders)
{
    /// <summary>
    /// True for a service that devices of all kinds have, as serial services of radio modules: what stands behind it is taken only of a model that is known to
    /// speak so.
    /// </summary>
    public bool IsShared { get; init; }

    /// <summary>
    /// Begins to ask a device that tells only what it is asked for; gives null where it is not known how this model is asked. Itself null where devices tell by
    /// themselves or by procedures of the Bluetooth SIG. The profile has one decoder then, and what is told is its payload.
    /// </summary>
    public Func<ExchangeStart, IRequestExchange?>? Exchange { get; init; }

    /// <summary>Characteristics that answer what is written and tell no payload, beside the decoder's own.</summary>
    public BluetoothUuid[] Replies { get; init; } = [];

    /// <summary>Whether what a characteristic notifies is a piece of a payload, or an answer to what was written, and no payload.</summary>
    public bool TellsPieces(BluetoothUuid characteristic) =>
        Array.IndexOf(Replies, characteristic) >= 0
        || Array.Exists(Decoders, decoder => decoder.Characteristic == characteristic && (Exchange is not null || decoder.Frames is not null));

    /// <summary>How its stream is asked for, where a device sends it only when told to; it is asked for only where the site wants it. The profile has one decoder then.</summary>
    public StreamControl? Control { get; init; }
}
