using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.DeviceInformationService;

/// <summary>System ID (0x2A23; Device Information Service 1.1, 3.10): an EUI-64, least significant octet first.</summary>
/// <param name="Eui64">The identifier, its organisation in the upper 24 bits.</param>
public readonly record struct SystemId(ulong Eui64)
{
    /// <summary>The identifier that Nordic Semiconductor's sample firmware ships with.</summary>
    private const ulong SampleFirmware = 0x6677881122334455;

    /// <summary>The identifier that the Device Information Service itself gives as its example.</summary>
    private const ulong SpecificationExample = 0x123456FFFE9ABCDE;

    private const ulong LowOctets = 0x0101010101010101;

    /// <summary>Organizationally Unique Identifier: 24 bits.</summary>
    public uint Organisation => (uint)(Eui64 >> 40);

    /// <summary>Identifier given by the manufacturer: 40 bits.</summary>
    public ulong Manufacturer => Eui64 & 0xFF_FFFF_FFFF;

    /// <summary>
    /// True for an identifier that no manufacturer was given: eight times the same octet (all zero, all FF) or one of the examples
    /// that firmware is copied from. Many devices share it, so it would make one device of many.
    /// </summary>
    public bool IsDummy => Eui64 == (Eui64 & 0xFF) * LowOctets || Eui64 is SampleFirmware or SpecificationExample;

    /// <summary>Reads one payload; false with field and offset unless it is of eight octets.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out SystemId id, out DecodeError error)
    {
        var reader = new WireReader(octets);
        ReadOnlySpan<byte> whole = reader.Octets(8, "System ID");
        bool understood = reader.End();
        id = understood ? new SystemId(BinaryPrimitives.ReadUInt64LittleEndian(whole)) : default;
        error = understood ? default : reader.Error(DeviceInformationProfile.SystemIdUuid);
        return understood;
    }

    /// <summary>16 upper-case hex digits, organisation first.</summary>
    public override string ToString() => Eui64.ToString("X16", System.Globalization.CultureInfo.InvariantCulture);
}
