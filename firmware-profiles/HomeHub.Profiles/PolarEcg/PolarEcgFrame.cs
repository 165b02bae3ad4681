using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.PolarEcg;

/// <summary>A data frame of the Polar Measurement Data service with an electrocardiogram (Polar, "Online Measurement", frame type 0).</summary>
/// <param name="LastAtNanoseconds">Time of the last sample in nanoseconds since 2000-01-01 by the strap's clock, which is not set when it begins: good for distances only.</param>
/// <param name="Samples">In µV, 24 bits each.</param>
public readonly record struct PolarEcgFrame(ulong LastAtNanoseconds, int[] Samples)
{
    /// <summary>Most samples in a frame: what fits into an attribute value of 512 octets. A strap sends 73.</summary>
    public const int MaxSamples = 167;

    private const byte EcgType = 0, RawMicrovolts = 0;
    private const int FrameTypeOffset = 9, SampleOctets = 3;

    /// <summary>Reads a frame; false with field and offset when it is cut short, of another measurement, or of another frame type.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out PolarEcgFrame frame, out DecodeError error)
    {
        frame = default;
        var reader = new WireReader(octets);
        byte type = reader.UInt8("Measurement Type");
        ulong lastAt = reader.UInt64("Timestamp");
        byte frameType = reader.UInt8("Frame Type");
        if (!reader.Failed && type != EcgType)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Measurement Type", 0);
        }

        if (!reader.Failed && frameType != RawMicrovolts)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Frame Type", FrameTypeOffset);
        }

        var samples = new List<int>(reader.Remaining / SampleOctets);
        do
        {
            samples.Add(reader.Int24("Sample"));
        }
        while (!reader.Failed && reader.Remaining > 0 && samples.Count < MaxSamples);
        error = reader.End() ? default : reader.Error(PolarEcgProfile.DataUuid);
        if (!reader.Failed)
        {
            frame = new PolarEcgFrame(lastAt, [.. samples]);
        }

        return !reader.Failed;
    }
}
