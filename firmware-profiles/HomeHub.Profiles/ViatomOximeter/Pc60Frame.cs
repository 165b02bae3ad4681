using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>
/// A frame of Viatom's finger oximeters (PC-60FW, POD): AA 55, token, length, type, data, CRC-8. Type 1 under token 0F is what the display shows; the waveform and the
/// others are frames too and tell nothing.
/// </summary>
/// <param name="IsParameters">True for what the display shows.</param>
/// <param name="IsProbeOff">No finger: status bit 1.</param>
/// <param name="IsSearching">The pulse is searched for: status bit 2.</param>
/// <param name="Saturation">SpO2 in per cent, at most 100; null for 0, by which the oximeter says that it has none.</param>
/// <param name="PulseRate">In beats a minute; null for 0.</param>
/// <param name="Perfusion">Perfusion index in units of 0.1 %; null for 0.</param>
public readonly record struct Pc60Frame(bool IsParameters, bool IsProbeOff, bool IsSearching, int? Saturation, int? PulseRate, int? Perfusion)
{
    /// <summary>Longest frame, in octets: the length is one octet.</summary>
    public const int MaxOctets = HeaderOctets + byte.MaxValue;

    private const int HeaderOctets = 4;
    private const byte FirstSync = 0xAA, SecondSync = 0x55, OximeterToken = 0x0F, ParametersType = 0x01;

    /// <summary>Where a frame starts in the stream; for <see cref="FrameReader"/>.</summary>
    public static int LengthOf(ReadOnlySpan<byte> octets)
    {
        if (octets[0] != FirstSync || (octets.Length > 1 && octets[1] != SecondSync))
        {
            return -1;
        }

        return octets.Length < HeaderOctets ? 0 : HeaderOctets + octets[3];
    }

    /// <summary>Whether a frame's CRC is right; for <see cref="FrameReader"/>.</summary>
    public static bool IsWhole(ReadOnlySpan<byte> frame) => frame[^1] == Crc8.Maxim(frame[..^1]);

    /// <summary>Reads one frame; false with field and offset when it is none, its CRC is wrong, or it tells a saturation over 100 %.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out Pc60Frame frame, out DecodeError error)
    {
        frame = default;
        var reader = new WireReader(octets);
        byte first = reader.UInt8("Sync"), second = reader.UInt8("Sync"), token = reader.UInt8("Token"), length = reader.UInt8("Length"), type = reader.UInt8("Type");

        // The length counts the type and the CRC.
        int dataOctets = Math.Max(0, length - 2);
        bool isParameters = token == OximeterToken && type == ParametersType;
        ReadOnlySpan<byte> data = reader.Octets(dataOctets, "Data");
        int crcOffset = reader.Offset;
        byte crc = reader.UInt8("CRC");
        if (reader.End())
        {
            if (crc != Crc8.Maxim(octets[..crcOffset]))
            {
                reader.Reject(DecodeErrorCode.CrcMismatch, "CRC", crcOffset);
            }
            else if (first != FirstSync || second != SecondSync)
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Sync", 0);
            }
            else if (length < 2 || (isParameters && data.Length < 5))
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Length", 3);
            }
            else if (isParameters && data[0] > 100)
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "SpO2", HeaderOctets + 1);
            }
        }

        error = reader.Failed ? reader.Error(Pc60OximeterProfile.StreamUuid) : default;
        if (!reader.Failed && isParameters)
        {
            int pulse = data[1] | (data[2] << 8);
            frame = new Pc60Frame(
                true, (data[4] & 0x02) != 0, (data[4] & 0x04) != 0, data[0] == 0 ? null : data[0], pulse == 0 ? null : pulse, data[3] == 0 ? null : data[3]);
        }

        return !reader.Failed;
    }
}
