using HomeHub.Core.Acquisition;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.PolarEcg;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A strap that sends its electrocardiogram when told to. Frames and answers are captures (phdiethelm/h10_ecg@88d1b0c6), the vectors POLAR-ECG-S1 to S3.</summary>
public sealed class WaveformSessionTests
{
    private const string Start = "02000001820001010E00", Stop = "0300";

    private static readonly GattCharacteristic
        Rate = AskedDevice.Of(0x180D, 0x2A37, 4, GattProperties.Notify),
        Point = AskedDevice.Of(PolarEcgProfile.Service, PolarEcgProfile.ControlPoint, 10, GattProperties.Read | GattProperties.Write | GattProperties.Indicate),
        Data = AskedDevice.Of(PolarEcgProfile.Service, PolarEcgProfile.DataUuid, 12, GattProperties.Notify);

    private static readonly byte[][] Frames = [.. Enumerable.Range(1, 3).Select(i => Vector($"POLAR-ECG-S{i}"))];

    [Fact]
    public async Task Is_not_told_to_unless_the_site_wants_it()
    {
        AskedDevice strap = Strap("F00200000000", Frames);
        Assert.Null(await new RecordHub().RunAsync(strap.Connect()));
        Assert.Empty(strap.Written);
    }

    [Fact]
    public async Task Becomes_pieces_without_a_gap_beside_the_heart_rate_and_is_stopped()
    {
        AskedDevice strap = Strap("F00200000000", [Frames[0], Frames[1], Frames[2], Frames[0]]);
        var hub = new RecordHub { TakesWaveforms = true };
        Assert.Null(await hub.RunAsync(strap.Connect()));
        Assert.Equal([Start, Stop], strap.Written);
        List<AcquiredReading> readings = await hub.ReadingsAsync();
        SampledValue[] pieces = [.. readings.SelectMany(reading => reading.Reading.Values).OfType<SampledValue>()];
        Assert.Equal([3 * 73, 73], pieces.Select(piece => piece.Samples.Length));
        Assert.Equal([61m], readings.SelectMany(reading => reading.Reading.Values).OfType<NumericValue>().Select(value => value.Value.Number));
        Assert.Null(hub.Report.Reason);
    }

    [Fact]
    public async Task A_refusal_is_told_and_the_heart_rate_is_taken()
    {
        AskedDevice strap = Strap("F002000A", []);
        var hub = new RecordHub { TakesWaveforms = true };
        Assert.Null(await hub.RunAsync(strap.Connect()));
        Assert.Equal("The device does not send Polar electrocardiogram as it was told to.", hub.Report.Reason);
        Assert.Single(await hub.ReadingsAsync());
    }

    private static AskedDevice Strap(string answer, byte[][] frames) => new(
        [Rate, Point, Data],
        (_, request) => request[0] == 2
            ? [Of(Point, Convert.FromHexString(answer)), Of(Rate, [0, 61]), .. frames.Select(frame => Of(Data, frame))]
            : []);

    private static CharacteristicValue Of(GattCharacteristic from, byte[] octets) => new(from, octets, SampleReadings.Start);

    private static byte[] Vector(string id)
    {
        using var reader = new StreamReader(typeof(WaveformSessionTests).Assembly.GetManifestResourceStream("spec-vectors.tsv")!);
        string line = reader.ReadToEnd().Split('\n').First(line => line.StartsWith(id + "\t", StringComparison.Ordinal));
        return Convert.FromHexString(line.Split('\t')[3]);
    }
}
