using HomeHub.Profiles.BerryMedOximeter;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.Tests.BerryMedOximeter;

/// <summary>The frame and the stream it comes in.</summary>
public class BciFrameTests
{
    private const string Frame = "8632054861";

    [Fact]
    public void Is_whole_only_as_it_is() => Payload.MustBeWholeOnlyAsItIs(BerryMedOximeterProfile.StreamUuid, Frame);

    [Theory]
    [InlineData("8632054800")]
    [InlineData("8632050061")]
    public void A_zero_is_no_value(string hex) => Assert.Single(Payload.Reading(BerryMedOximeterProfile.StreamUuid, hex).Values);

    [Fact]
    public void Neither_value_is_no_reading() => Assert.Empty(Payload.Decode(BerryMedOximeterProfile.StreamUuid, "8632457F7F").Readings);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(20)]
    public void Frames_are_found_however_notifications_cut_them(int size)
    {
        // A tail of a frame that began before anybody listened, then three frames.
        byte[] stream = [.. Payload.Octets("054861"), .. Payload.Octets(Frame), .. Payload.Octets("8632450560"), .. Payload.Octets(Frame)];
        var reader = new FrameReader(BciFrame.LengthOf, BciFrame.Octets);
        string[] frames = [.. stream.Chunk(size).SelectMany(chunk => reader.Accept(chunk)).Select(Convert.ToHexString)];
        Assert.Equal([Frame, "8632450560", Frame], frames);
        Assert.Equal((3, 0), (reader.Dropped, reader.Waiting));
    }

    [Fact]
    public void A_frame_that_lost_an_octet_is_dropped_and_the_next_one_found()
    {
        var reader = new FrameReader(BciFrame.LengthOf, BciFrame.Octets);
        Assert.Equal([Frame], reader.Accept(Payload.Octets("86320548" + Frame)).Select(Convert.ToHexString));
        Assert.Equal(4, reader.Dropped);
    }
}
