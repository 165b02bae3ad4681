using HomeHub.Core.Acquisition;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A glucose context and its measurement, from the link to the buffer (rule 1.18).</summary>
public sealed class ContextJoinTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_context_is_joined_with_its_measurement_whichever_comes_first(bool contextFirst)
    {
        RecordDevice device = Meter(contextFirst, 1, 2, 3);
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertJoined(await hub.ReadingsAsync(), 3);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 2)]
    [InlineData(false, 3)]
    [InlineData(false, 4)]
    [InlineData(false, 5)]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(true, 3)]
    [InlineData(true, 4)]
    [InlineData(true, 5)]
    public async Task A_link_that_goes_between_the_two_neither_parts_nor_doubles_them(bool contextFirst, int cutAfter)
    {
        RecordDevice device = Meter(contextFirst, 1, 2, 3);
        var hub = new RecordHub();
        Assert.NotNull(await hub.RunAsync(device.Connect(cutAfter)));
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertJoined(await hub.ReadingsAsync(), 3);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_context_whose_measurement_never_comes_is_kept_alone_and_once(bool contextFirst)
    {
        RecordDevice device = Meter(contextFirst, 1, 2);

        // Its measurement is of another number: the meter has lost the right one.
        device.Records[1] = device.Records[1] with { Context = [0x02, 9, 0, 0x01] };
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(device.Connect()));
        Assert.Null(await hub.RunAsync(device.Connect()));
        List<AcquiredReading> readings = await hub.ReadingsAsync();
        Assert.Equal(4, readings.Count);
        AcquiredReading alone = Assert.Single(readings, reading => reading.Reading.IsContext && reading.Measurement is null);
        Assert.Equal((ushort?)9, alone.Reading.SequenceNumber);
        Assert.Null(alone.Stamp);
        Assert.Equal(0u, alone.MeasurementCode);
    }

    [Fact]
    public async Task A_measurement_without_a_context_stands_alone()
    {
        var device = new RecordDevice(0x1808);
        device.AddGlucose(1, 1);
        device.AddGlucose(2, 2, hasContext: true);
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(device.Connect()));
        List<AcquiredReading> readings = await hub.ReadingsAsync();
        Assert.Equal(3, readings.Count);
        Assert.Single(readings, reading => reading.Reading.IsContext);
    }

    [Fact]
    public async Task After_a_battery_change_a_context_is_joined_with_the_new_measurement_of_its_number()
    {
        RecordDevice device = Meter(contextFirst: true, 1, 2);
        var hub = new RecordHub();
        Assert.Null(await hub.RunAsync(device.Connect()));
        device.Records.Clear();
        device.AddGlucose(1, 9_000, hasContext: true);
        Assert.Null(await hub.RunAsync(device.Connect()));
        AssertJoined(await hub.ReadingsAsync(), 3);
    }

    private static RecordDevice Meter(bool contextFirst, params ushort[] numbers)
    {
        var device = new RecordDevice(0x1808) { TellsContextFirst = contextFirst };
        Array.ForEach(numbers, number => device.AddGlucose(number, number, hasContext: true));
        return device;
    }

    private static void AssertJoined(List<AcquiredReading> readings, int count)
    {
        Assert.Equal(2 * count, readings.Count);
        AcquiredReading[] contexts = [.. readings.Where(reading => reading.Reading.IsContext)];
        Assert.Equal(count, contexts.Length);
        foreach (AcquiredReading context in contexts)
        {
            AcquiredReading measurement = Assert.Single(readings, reading => reading.Identity == context.Measurement);
            Assert.Equal(measurement.Reading.SequenceNumber, context.Reading.SequenceNumber);
            Assert.Equal((measurement.Stamp, measurement.Effective), (context.Stamp, context.Effective));
            Assert.Equal(160_184u, context.MeasurementCode);
        }
    }
}
