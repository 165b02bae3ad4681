using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>What is erased can't be read in any file any more.</summary>
public sealed class EraseTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task No_octet_of_what_is_erased_is_left_in_database_or_log_however_rows_were_moved_before()
    {
        AcquiredReading[] own = [.. Enumerable.Range(0, 3_000).Where(number => number % 3 > 0).Select(number => SampleReadings.BloodPressure(number))];
        AcquiredReading[] others = [.. Enumerable.Range(0, 3_000).Where(number => number % 3 == 0).Select(number => SampleReadings.BloodPressure(number, SampleReadings.OtherPatient))];
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        foreach (AcquiredReading[] batch in own.Concat(others).OrderBy(reading => reading.ReceivedAt).Chunk(100))
        {
            await buffer.AppendAsync([.. batch.Select(reading => reading.ReceivedAt.Minute % 2 == 0 ? reading.ToKeep() : reading.ToSend())], default);
        }

        await buffer.QuarantineAsync([SampleReadings.Rejected(7), SampleReadings.Rejected(8, SampleReadings.OtherPatient)], default);
        await buffer.PruneAsync(SampleReadings.Start.AddMinutes(500), default);
        Assert.True(FoundOf(own).Length > 1_500 && FoundOf(others).Length > 700, "the search finds what is there");

        ErasedReadings first = await buffer.EraseAsync(SampleReadings.Patient, withWaiting: false, default);
        Assert.Equal((1, true, true), (first.Payloads, first.Erased > 500, first.Left > 500));
        Assert.Empty(FoundOf([.. own.Where(reading => reading.ReceivedAt.Minute % 2 == 0)]));
        await buffer.EraseAsync(SampleReadings.Patient, withWaiting: true, default);
        Assert.Empty(FoundOf(own));
        Assert.DoesNotContain(Files(), file => file.AsSpan().IndexOf(SampleReadings.Rejected(7).Payload.Octets.Span) >= 0);

        // What others have was moved about by that: the copies must go with the originals.
        await buffer.EraseAsync(SampleReadings.OtherPatient, withWaiting: true, default);
        Assert.Empty(FoundOf(others));
        Assert.Equal(0, new FileInfo(_folder.Database + "-wal").Length);
    }

    [Fact]
    public async Task When_somebody_measured_can_not_be_told_from_identifiers_that_were_given_out()
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(1).ToKeep(), SampleReadings.BloodPressure(1, SampleReadings.OtherPatient, SampleReadings.Device(2)).ToKeep()], default);
            await buffer.EraseAsync(SampleReadings.Patient, withWaiting: false, default);
        }

        using Connection connection = Connection.OpenReader(_folder.Database);
        Assert.Equal((1, 1), (connection.Scalar("SELECT count(*) FROM identifier WHERE stamp < 0"), connection.Scalar("SELECT count(*) FROM identifier WHERE stamp > 0")));
    }

    [Fact]
    public async Task A_reader_that_stays_is_told_of_and_a_second_time_it_is_made_up_for()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        AcquiredReading[] own = [.. Enumerable.Range(0, 50).Select(number => SampleReadings.BloodPressure(number))];
        await buffer.AppendAsync([.. own.Select(SampleReadings.ToKeep)], default);
        using (Connection reader = Connection.OpenReader(_folder.Database))
        {
            reader.Execute("BEGIN");
            Assert.Equal(50, reader.Scalar("SELECT count(*) FROM reading"));
            BufferException error = await Assert.ThrowsAsync<BufferException>(() => buffer.EraseAsync(SampleReadings.Patient, withWaiting: false, default));
            Assert.Equal(BufferFault.Locked, error.Fault);
        }

        Assert.Equal(0, (await buffer.EraseAsync(SampleReadings.Patient, withWaiting: false, default)).Erased);
        Assert.Empty(FoundOf(own));
    }

    public void Dispose() => _folder.Dispose();

    private AcquiredReading[] FoundOf(AcquiredReading[] readings)
    {
        byte[][] files = Files();
        return Array.FindAll(readings, reading => Array.Exists(files, file => file.AsSpan().IndexOf(reading.Octets) >= 0));
    }

    private byte[][] Files() => [.. Directory.GetFiles(_folder.Path, "buffer.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)).Select(ReadShared)];

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray();
    }
}
