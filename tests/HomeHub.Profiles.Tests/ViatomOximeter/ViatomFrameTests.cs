using HomeHub.Profiles.Tests.Vectors;
using HomeHub.Profiles.ViatomOximeter;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.ViatomOximeter;

/// <summary>Frames of both families: whole, cut, and in a stream.</summary>
public class ViatomFrameTests
{
    private static readonly byte[] Ring = GattVectors.Get("O2R-S1").Octets;
    private static readonly byte[] Finger = GattVectors.Get("PC60-S1").Octets;

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(200)]
    public void Frames_are_found_however_notifications_cut_them(int size)
    {
        var rings = new FrameReader(ViatomFrame.LengthOf, ViatomFrame.MaxOctets);
        var fingers = new FrameReader(Pc60Frame.LengthOf, Pc60Frame.MaxOctets);
        byte[] noise = [0x00, 0xFF];
        Assert.Equal([Ring, Ring], new[] { noise, Ring, Ring }.SelectMany(part => part).Chunk(size).SelectMany(chunk => rings.Accept(chunk)));
        Assert.Equal([Finger, Finger], new[] { noise, Finger, Finger }.SelectMany(part => part).Chunk(size).SelectMany(chunk => fingers.Accept(chunk)));
        Assert.Equal((2, 2), (rings.Dropped, fingers.Dropped));
    }

    [Fact]
    public void A_length_that_no_frame_has_starts_none()
    {
        var reader = new FrameReader(ViatomFrame.LengthOf, ViatomFrame.MaxOctets);
        Assert.Empty(reader.Accept(Payload.Octets("5500FF0000FFFF")));
        Assert.Equal((7, 0), (reader.Dropped, reader.Waiting));
    }

    [Fact]
    public void An_answer_that_was_cut_short_does_not_take_the_next_one_with_it()
    {
        var exchange = new ViatomExchange();
        Assert.NotNull(exchange.Next());
        Assert.Empty(exchange.Accept(ViatomOximeterProfile.AnswerUuid, Ring.AsSpan(0, Ring.Length - 1)));
        Assert.False(exchange.IsAnswered);
        Assert.NotNull(exchange.Next());
        Assert.Equal([Ring], exchange.Accept(ViatomOximeterProfile.AnswerUuid, Ring));
        Assert.True(exchange.IsAnswered);
    }

    [Fact]
    public void What_only_looks_like_a_beginning_swallows_no_frame()
    {
        FrameReader reader = ProfileRegistry.FindDecoder(Pc60OximeterProfile.StreamUuid)!.Frames!.Read();
        byte[] none = [0xAA, 0x55, 0x00, 0x14];
        IReadOnlyList<byte[]> frames = reader.Accept([.. none, .. Finger, .. Finger, .. Finger]);
        Assert.Equal([[.. none, .. Finger, .. Finger[..8]], Finger, Finger, Finger], frames);
        Assert.Equal(0, reader.Waiting);
    }

    [Fact]
    public void A_single_wrong_bit_rejects_a_frame()
    {
        foreach ((byte[] frame, BluetoothUuid uuid) in new[] { (Ring, ViatomOximeterProfile.AnswerUuid), (Finger, Pc60OximeterProfile.StreamUuid) })
        {
            for (int bit = 0; bit < frame.Length * 8; bit++)
            {
                byte[] wrong = [.. frame];
                wrong[bit / 8] ^= (byte)(1 << (bit % 8));
                Assert.NotNull(ProfileRegistry.Decode(uuid, wrong, SessionContext.Empty).Error);
            }
        }
    }

    [Theory]
    [InlineData("0F0801603E005002C0")]
    [InlineData("0F0801603E005004C0")]
    [InlineData("0F080100000000 00C0")]
    public void Without_a_finger_or_a_pulse_there_is_no_reading(string hex) => Assert.Empty(Payload.Decode(Pc60OximeterProfile.StreamUuid, Closed(hex)).Readings);

    [Fact]
    public void A_saturation_over_100_is_none() =>
        Payload.MustBeRejected(Pc60OximeterProfile.StreamUuid, Closed("0F0801653E005000C0"), DecodeErrorCode.FieldOutOfRange, "SpO2", 5);

    private static string Closed(string hex)
    {
        byte[] frame = Payload.Octets("AA55" + hex);
        return Convert.ToHexString([.. frame, Crc8.Maxim(frame)]);
    }
}
