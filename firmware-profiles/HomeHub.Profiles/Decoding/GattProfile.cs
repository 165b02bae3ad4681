namespace HomeHub.Profiles;

/// <summary>What the gateway knows of one GATT service.</summary>
/// <param name="Service">16-bit UUID of the service.</param>
/// <param name="Name">Name by the Bluetooth SIG.</param>
/// <param name="Specialization">MDC_DEV_SPEC_PROFILE term of a device that offers it; null for services that say nothing about its purpose.</param>
/// <param name="Decoders">One a characteristic.</param>
public sealed record GattProfile(ushort Service, string Name, MdcTerm? Specialization, CharacteristicDecoder[] Decoders);
