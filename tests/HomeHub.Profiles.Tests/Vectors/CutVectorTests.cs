using HomeHub.Profiles.Tests.Properties;

namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>Every valid vector, cut short at every point and with an octet too many: rejected, or whole for a reason and then not misread.</summary>
public class CutVectorTests
{
    public static TheoryData<string> ValidIds() => new(GattVectors.Valid.Select(vector => vector.Id));

    [Theory]
    [MemberData(nameof(ValidIds))]
    public void A_payload_cut_short_is_rejected_or_never_misread(string id)
    {
        GattVector vector = GattVectors.Get(id);
        CharacteristicFacts facts = CharacteristicFacts.Find(vector.Uuid)!;
        SessionContext context = facts.ContextOf(vector);
        byte[] octets = vector.Octets;
        DecodeResult whole = ProfileRegistry.Decode(vector.Uuid, octets, context);
        Assert.Null(whole.Error);
        for (int length = 0; length < octets.Length; length++)
        {
            DecodeResult cut = ProfileRegistry.Decode(vector.Uuid, octets.AsSpan(0, length), context);
            if (cut.Error is { } error)
            {
                Assert.InRange(error.Offset, 0, length);
            }
            else
            {
                Assert.True(facts.WhyCutsCanBeWhole is not null, $"accepted {length} octets of {octets.Length}");
                MustBeAPartOf(whole, cut);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ValidIds))]
    public void An_octet_left_over_is_rejected(string id)
    {
        GattVector vector = GattVectors.Get(id);
        CharacteristicFacts facts = CharacteristicFacts.Find(vector.Uuid)!;
        foreach (byte more in new byte[] { 0x00, 0x41, 0xFF })
        {
            DecodeResult result = ProfileRegistry.Decode(vector.Uuid, [.. vector.Octets, more], facts.ContextOf(vector));
            Assert.True(result.Error is not null || facts.WhyMoreCanBeWhole is not null, "accepted an octet too many");
        }
    }

    private static void MustBeAPartOf(DecodeResult whole, DecodeResult cut)
    {
        Assert.Equal(whole.Context, cut.Context);
        Assert.Equal(whole.Clock, cut.Clock);
        Assert.True(cut.Readings.Length <= whole.Readings.Length);
        foreach ((Reading part, Reading full) in cut.Readings.Zip(whole.Readings))
        {
            string[] values = part.Values.Select(ReadingText.Of).ToArray();
            Assert.Equal(full.Values.Zip(part.Values, Cut).Select(ReadingText.Of), values);
            Assert.Equal((full.Timestamp, full.SequenceNumber, full.UserIndex, full.Status), (part.Timestamp, part.SequenceNumber, part.UserIndex, part.Status));
        }

        foreach ((string? part, string? full) in Texts(cut.Device).Zip(Texts(whole.Device)))
        {
            // Half a character is U+FFFD.
            Assert.StartsWith((part ?? "").TrimEnd('\uFFFD').TrimEnd(), full ?? "", StringComparison.Ordinal);
        }
    }

    /// <summary>A waveform as short as its part; where its last sample was stays as the frame says.</summary>
    private static ReadingValue Cut(ReadingValue full, ReadingValue part) =>
        full is SampledValue waveform && part is SampledValue piece ? waveform with { Samples = waveform.Samples[..piece.Samples.Length] } : full;

    private static string?[] Texts(DeviceInformation? device) =>
        [device?.Model, device?.Serial, device?.Firmware, device?.Hardware, device?.Software, device?.Manufacturer];
}
