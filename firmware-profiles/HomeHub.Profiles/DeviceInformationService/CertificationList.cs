using System.Buffers.Binary;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.DeviceInformationService;

/// <summary>
/// IEEE 11073-20601 Regulatory Certification Data List (0x2A2A; Device Information Service 1.1, 3.8): MDER, so big-endian. A list is
/// count, length, and for each entry authority body, structure type, length, data.
/// </summary>
/// <param name="IsRegulated">Whether the Continua entry (authority 2, structure 2) says that the device is regulated; null when there is none.</param>
public readonly record struct CertificationList(bool? IsRegulated)
{
    private const byte Experimental = 0xFE;
    private const byte Continua = 2;
    private const byte RegulationStatus = 2;
    private const byte UnregulatedBit = 0x80;

    /// <summary>Reads one payload; false with field and offset when a length in it is wrong.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out CertificationList list, out DecodeError error)
    {
        list = default;
        error = default;
        if (octets is [Experimental, 0, ..])
        {
            // What sample firmware ships with: one bare entry of the authority "experimental" and its name, in no list. As a list it would
            // count 65024 entries, so it can't be taken for one. It tells nothing.
            return true;
        }

        var reader = new WireReader(octets);
        int count = BigEndian(ref reader, "Count");
        int length = BigEndian(ref reader, "Length");
        if (!reader.Failed && length != reader.Remaining)
        {
            reader.Reject(length > reader.Remaining ? DecodeErrorCode.Truncated : DecodeErrorCode.TrailingOctets, "Length", 2);
        }

        bool? regulated = null;
        for (int i = 0; i < count && !reader.Failed; i++)
        {
            byte authority = reader.UInt8("Authority Body");
            byte structure = reader.UInt8("Structure Type");
            ReadOnlySpan<byte> data = reader.Octets(BigEndian(ref reader, "Data Length"), "Data");
            if (authority == Continua && structure == RegulationStatus && data.Length == 2)
            {
                regulated = (data[0] & UnregulatedBit) == 0;
            }
        }

        bool understood = reader.End();
        list = understood ? new CertificationList(regulated) : default;
        error = understood ? default : reader.Error(DeviceInformationProfile.CertificationUuid);
        return understood;
    }

    private static ushort BigEndian(ref WireReader reader, string field) => BinaryPrimitives.ReverseEndianness(reader.UInt16(field));
}
