using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Telemetry;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Testing;
using HomeHub.Testing.Consent;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Sqlite.Tests;

/// <summary>
/// A record that was discarded or taken back, and has left the hub, must not come back as the patient's when its device tells its memory again, also not after
/// the database was damaged.
/// </summary>
public sealed class KnownAfterDamageTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    [Fact]
    public async Task What_was_discarded_or_taken_back_and_pruned_is_known_after_a_salvage()
    {
        await FillAsync();
        Damage(null);
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.Equal(4, buffer.Recovery!.Identities);
        Assert.Null(buffer.KnownSince);
        AppendOutcome[] outcomes = await buffer.AppendAsync(SampleReadings.Many(1, 4), default);
        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Duplicate, outcome));
        Assert.Equal(4, (await ActsAsync(buffer)).Count + 2);
    }

    [Theory]
    [InlineData("DELETE FROM seen_key")]
    [InlineData("UPDATE seen_key SET key = x'00'")]
    [InlineData("DELETE FROM seen WHERE reading = 2")]
    [InlineData("DELETE FROM counter WHERE name = 'identities'")]
    [InlineData("DROP TABLE seen")]
    public async Task Where_what_was_known_can_not_be_read_older_records_are_nobodys_until_a_person_says_whose(string damage)
    {
        await FillAsync();
        Damage(damage);
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            Assert.NotNull(buffer.Recovery);
            Assert.True(buffer.KnownSince > SampleReadings.Start.AddMinutes(10));
            Assert.Contains(_folder.Log.Entries, entry => entry.Text.Contains("nobody's until", StringComparison.Ordinal));
        }

        // It is not only the start that found the damage.
        await using SqliteReadingBuffer next = await _folder.OpenAsync();
        Assert.Null(next.Recovery);
        Assert.NotNull(next.KnownSince);
        await TellAgainAsync(next);
        BufferCounts counts = await next.CountAsync(default);
        Assert.Equal(0, counts.Buffered);
        List<UnassignedReading> nobodys = await next.ReadUnassignedAsync(default).ToListAsync();
        Assert.All(nobodys, reading => Assert.Equal("maybe-known-before", reading.Reason));
        Assert.Equal(damage.StartsWith("DELETE FROM counter", StringComparison.Ordinal), nobodys.Count == 0);
    }

    [Fact]
    public async Task A_buffer_without_its_key_is_set_aside_at_once_and_the_hub_starts()
    {
        await FillAsync();
        using (Connection connection = Connection.OpenWriter(_folder.Database))
        {
            connection.Execute("DELETE FROM seen_key");
        }

        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.NotNull(buffer.Recovery);
        Assert.NotNull(buffer.KnownSince);
        Assert.Single(_folder.FindSetAside());
    }

    [Fact]
    public async Task A_database_that_is_gone_knows_nothing_and_says_so()
    {
        await FillAsync();
        foreach (string file in Directory.GetFiles(_folder.Path, "buffer.db*"))
        {
            File.Delete(file);
        }

        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        Assert.NotNull(buffer.KnownSince);
        await TellAgainAsync(buffer);
        Assert.Equal((0, 4), ((await buffer.CountAsync(default)).Buffered, (await buffer.CountAsync(default)).Unassigned));
    }

    [Fact]
    public async Task What_is_measured_after_the_loss_is_the_patients_as_ever()
    {
        await FillAsync();
        Damage("DELETE FROM seen_key");
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        DateTimeOffset later = buffer.KnownSince!.Value.AddMinutes(1);
        await TellAsync(buffer, SampleReadings.BloodPressure(1, stampedAt: later.ToOffset(SampleReadings.Start.Offset)), later);
        Assert.Equal(1, (await buffer.CountAsync(default)).Buffered);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Numbers 1 discarded, 2 taken back before it was sent, 3 receipted, all pruned; 4 was never sent and is here.</summary>
    private async Task FillAsync()
    {
        await using SqliteReadingBuffer buffer = await _folder.OpenAsync();
        NewReading nobodys = new(
            SampleReadings.BloodPressure(1) with { Patient = PatientReference.Nobody, Unassigned = UnassignedReason.SlotOfNobody },
            [new NewDelivery(Recipient.CareTeam, DeliveryState.Unassigned)]);
        await buffer.AppendAsync([nobodys, .. SampleReadings.Many(2, 2)], default);
        Assert.Equal(ActOutcome.Done, await ActAsync(buffer, ActKind.Discard, 1));
        Assert.Equal(ActOutcome.Done, await ActAsync(buffer, ActKind.TakeBack, 2));
        BufferedReading sent = Assert.Single(await buffer.LeaseAsync(Recipient.CareTeam, 10, SampleReadings.Start, default));
        await buffer.SettleAsync(Recipient.CareTeam, [sent.Id], [], SampleReadings.Start, default);
        Assert.Equal(3, await buffer.PruneAsync(SampleReadings.Start.AddDays(1), default));
        await buffer.AppendAsync([SampleReadings.BloodPressure(4).ToKeep()], default);
    }

    private static Task<ActOutcome> ActAsync(SqliteReadingBuffer buffer, ActKind kind, long reading) =>
        buffer.ActAsync(new ReadingAct(Guid.NewGuid(), kind, reading, SampleReadings.Start, "nurse 7", "guest", null), _ => [new NewDelivery(Recipient.CareTeam, DeliveryState.Buffered)], default);

    /// <summary>Changes the file, and says that it was found damaged, so that it is salvaged.</summary>
    private void Damage(string? change)
    {
        if (change is not null)
        {
            using Connection connection = Connection.OpenWriter(_folder.Database);
            connection.Execute(change);
        }

        File.WriteAllText(Path.Combine(_folder.Path, "buffer.damaged"), "buffer.db.damaged-20260314T060000Z\n");
    }

    /// <summary>The device tells its memory again, a day later, over the pipeline that decides whose it is.</summary>
    private static async Task TellAgainAsync(SqliteReadingBuffer buffer)
    {
        for (int number = 1; number <= 4; number++)
        {
            await TellAsync(buffer, SampleReadings.BloodPressure(number), SampleReadings.Start.AddDays(1));
        }
    }

    private static async Task TellAsync(SqliteReadingBuffer buffer, AcquiredReading told, DateTimeOffset at)
    {
        var payload = new DevicePayload(
            "c", SampleReadings.Patient, SampleReadings.Monitor, new ClockCheck(at, PhdTimestamp.FromLocal(at.ToOffset(SampleReadings.Start.Offset).DateTime)),
            new IncomingPayload(told.Service, told.Characteristic, told.Octets, at))
        {
            Users = new DeviceUsers(SampleReadings.Patient, SampleReadings.Start.AddYears(-1), UserSlots.None, null),
        };
        using var metrics = new HubMetrics();
        var pipeline = new IngestPipeline(
            buffer, SampleConsents.Rules(), HubZone.OfReception, TimeProvider.System, metrics, NullLogger<IngestPipeline>.Instance);
        await pipeline.RunAsync(new OnePayload(payload), default);
    }

    private static async Task<List<RecordedAct>> ActsAsync(SqliteReadingBuffer buffer) => await buffer.ReadActsAsync(default).ToListAsync();

    private sealed class OnePayload(DevicePayload payload) : IPayloadSource
    {
        public string Name => "one";

        public async IAsyncEnumerable<SourceItem> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            yield return await ValueTask.FromResult(new SourceItem(payload, null, 0));
        }
    }
}
