namespace HomeHub.Profiles.Tests.Properties;

/// <summary>
/// No octets, and no context, make a decoder throw or read past its end. Decoders only hold a span, and a read past the end of a span
/// throws; so the first shows the second.
/// </summary>
public class DecoderProperties
{
    private const int Cases = 30_000;

    [Fact]
    public void Any_octets_give_a_result() =>
        Property.Holds(PayloadCase.Any, Cases, payload => ResultRules.MustHold(payload, payload.Decode()));

    [Fact]
    public void Octets_near_a_real_payload_give_a_result() =>
        Property.Holds(PayloadCase.NearVector, Cases, payload => ResultRules.MustHold(payload, payload.Decode()));

    [Fact]
    public void The_same_octets_give_the_same_result_whatever_lies_around_them() =>
        Property.Holds(PayloadCase.NearVector, Cases / 10, payload =>
        {
            string expected = ReadingText.Of(payload.Decode());
            foreach (byte around in new byte[] { 0x00, 0xFF })
            {
                var buffer = new byte[payload.Octets.Length + 64];
                Array.Fill(buffer, around);
                payload.Octets.CopyTo(buffer, 32);
                DecodeResult again = ProfileRegistry.Decode(
                    payload.Characteristic, buffer.AsSpan(32, payload.Octets.Length), payload.Context);
                Assert.Equal(expected, ReadingText.Of(again));
            }
        });

    [Fact]
    public void Octets_of_a_characteristic_that_nobody_decodes_are_an_error_like_any_other()
    {
        DecodeResult result = ProfileRegistry.Decode(0xFFFF, [1, 2, 3], SessionContext.Empty);
        Assert.Equal(new DecodeError(DecodeErrorCode.UnknownCharacteristic, 0xFFFF, "characteristic", 0), result.Error);
    }

    [Fact]
    public void The_longest_attribute_gives_a_result()
    {
        // Core Specification Vol 3 Part F 3.2.9: an attribute value has at most 512 octets.
        foreach (CharacteristicDecoder decoder in ProfileRegistry.All.SelectMany(profile => profile.Decoders))
        {
            for (int octet = 0; octet <= 255; octet++)
            {
                var octets = new byte[512];
                Array.Fill(octets, (byte)octet);
                var payload = new PayloadCase(decoder.Characteristic, octets, octet);
                ResultRules.MustHold(payload, payload.Decode());
            }
        }
    }
}
