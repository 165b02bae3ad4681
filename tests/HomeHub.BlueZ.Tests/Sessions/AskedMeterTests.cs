using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>A meter that tells only what it is asked for, from the radio to the disk, which is real here.</summary>
public sealed class AskedMeterTests : IDisposable
{
    private const int Ketone = 7;

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-asked-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task All_that_it_has_is_on_disk_once_through_a_link_that_went_and_a_restart()
    {
        (byte, byte, byte)[] records = [(103, 50, 0), (102, 40, 0), (12, 35, Ketone), (102, 40, 0), (100, 20, 0)];
        await RunAsync(records, dropsAfter: 9, sessions: 3);
        await RunAsync([(104, 55, 0), .. records], dropsAfter: null, sessions: 2);

        await using SqliteReadingBuffer buffer = await OpenAsync();
        BufferCounts counts = await buffer.CountAsync(default);
        Assert.Equal((5, 1), (counts.Buffered, counts.Quarantined));
        Assert.Equal(new Dictionary<string, long> { ["field-out-of-range 00001524-1212-efde-1523-785feabcd123"] = 1 }, counts.QuarantinedByCause);
        List<(decimal, int, int)> held = [];
        await foreach (BufferedReading reading in buffer.ReadHistoryAsync(SampleReadings.Patient, default))
        {
            var value = Assert.IsType<NumericValue>(Assert.Single(reading.Record.Reading.Values));
            held.Add((value.Value.Number, reading.Record.Stamp!.Value.Minute, reading.Record.Octets.Length));
        }

        Assert.Equal([(100m, 20, 24), (102m, 40, 24), (102m, 40, 25), (103m, 50, 24), (104m, 55, 24)], held.Order());
    }

    private async Task RunAsync((byte Value, byte Minute, byte Item)[] records, int? dropsAfter, int sessions)
    {
        await using SqliteReadingBuffer buffer = await OpenAsync();
        await using HomeFixture home = await HomeFixture.StartAsync(buffer: buffer);
        var meter = new StandInTaiDocMeter(home.StandIn) { DropsAfter = dropsAfter };
        meter.Records.AddRange(records);
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(sessions, meter.Device);
        Assert.Equal(dropsAfter is null ? 0 : 1, home.Log.Count(line => line.Contains(nameof(PeripheralFault.Disconnected), StringComparison.Ordinal)));
        Assert.All(meter.Written, request => Assert.Contains(request[1], (byte[])[0x24, 0x25, 0x26, 0x2B]));
    }

    private Task<SqliteReadingBuffer> OpenAsync() =>
        SqliteReadingBuffer.OpenAsync(new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
}
