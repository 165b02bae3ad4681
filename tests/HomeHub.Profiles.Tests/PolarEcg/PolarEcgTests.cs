using HomeHub.Profiles.PolarEcg;
using HomeHub.Profiles.Streams;
using HomeHub.Profiles.Tests.Vectors;

namespace HomeHub.Profiles.Tests.PolarEcg;

/// <summary>Frames of a strap one after the other, as captured, and the control point.</summary>
public class PolarEcgTests
{
    private static readonly byte[][] Frames = [.. new[] { "POLAR-ECG-S1", "POLAR-ECG-S2", "POLAR-ECG-S3" }.Select(id => GattVectors.Get(id).Octets)];

    [Fact]
    public void Frames_that_follow_each_other_are_one_piece()
    {
        SampledValue piece = Assert.IsType<SampledValue>(Assert.Single(Assert.Single(Decode(Frames).Readings).Values));
        Assert.Equal(3 * 73, piece.Samples.Length);
        Assert.Equal([122, 103, 131, 172], piece.Samples.Take(4));
        Assert.Equal([-18, -218, 36], new[] { piece.Samples[73], piece.Samples[146], piece.Samples[^1] });
        Assert.Equal(1676.923, piece.Lasted.TotalMilliseconds, 3);
    }

    [Fact]
    public void A_piece_with_a_gap_is_none()
    {
        Assert.True(StreamMinute.Follows(PolarEcgProfile.DataUuid, Frames[0], Frames[1]));
        Assert.False(StreamMinute.Follows(PolarEcgProfile.DataUuid, Frames[0], Frames[2]));
        Assert.False(StreamMinute.Follows(PolarEcgProfile.DataUuid, Frames[1], Frames[0]));
        Assert.False(StreamMinute.Follows(PolarEcgProfile.DataUuid, Frames[0], Frames[1].AsSpan(0, 226)));
        DecodeResult result = Decode([Frames[0], Frames[2]]);
        Assert.Equal((DecodeErrorCode.FieldOutOfRange, "Notification"), (result.Error!.Value.Code, result.Error.Value.Field));
    }

    /// <summary>Captured: phdiethelm/h10_ecg@88d1b0c6, exploration/gatttool.md.</summary>
    [Fact]
    public void Requests_and_answers_are_those_that_were_captured()
    {
        StreamControl control = PolarEcgProfile.Profile.Control!;
        Assert.Equal("02000001820001010E00", Convert.ToHexString(control.Start));
        Assert.Equal("0300", Convert.ToHexString(control.Stop));
        Assert.True(control.IsStarted(Payload.Octets("F00200000000")));
        Assert.False(control.IsStarted(Payload.Octets("F002000500")));
        Assert.Null(control.IsStarted(Payload.Octets("F0010000000001820001010E00")));
        Assert.Null(control.IsStarted([]));
    }

    private static DecodeResult Decode(byte[][] frames) => ProfileRegistry.Decode(
        PolarEcgProfile.DataUuid, StreamMinute.Pack(frames, TimeSpan.FromSeconds(1)), SessionContext.Empty with { IsMinute = true });
}
