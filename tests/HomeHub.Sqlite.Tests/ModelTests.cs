using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Time;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;

namespace HomeHub.Sqlite.Tests;

/// <summary>Random sequences of operations do the same to the adapter as to the double. A failure names the seed that repeats it.</summary>
public sealed class ModelTests
{
    private const int SequencesPerBuffer = 100;
    private const int OperationsPerSequence = 12;

    private static readonly Recipient[] Recipients = [Recipient.CareTeam, new("family")];
    private static readonly PatientReference[] Patients = [SampleReadings.Patient, SampleReadings.OtherPatient];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(10)]
    public async Task A_thousand_sequences_agree_with_the_double(int seed)
    {
        using var folder = new BufferFolder();
        var random = new Random(seed);
        IReadingBuffer buffer = await folder.OpenAsync();
        var model = new InMemoryReadingBuffer();
        try
        {
            for (int sequence = 0; sequence < SequencesPerBuffer; sequence++)
            {
                for (int i = 0; i < OperationsPerSequence; i++)
                {
                    if (random.Next(60) == 0)
                    {
                        await buffer.DisposeAsync();
                        buffer = await folder.OpenAsync();
                        model.Reopen();
                    }

                    await StepAsync(random, buffer, model);
                }

                await AssertAgreeAsync(buffer, model);
            }
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw new InvalidOperationException($"seed {seed}: {error.Message}", error);
        }
        finally
        {
            await buffer.DisposeAsync();
        }
    }

    private static async Task StepAsync(Random random, IReadingBuffer buffer, InMemoryReadingBuffer model)
    {
        Recipient recipient = Recipients[random.Next(Recipients.Length)];
        DateTimeOffset now = SampleReadings.Start.AddMinutes(random.Next(1_000));
        CancellationToken none = CancellationToken.None;
        switch (random.Next(12))
        {
            case 0 or 1 or 2:
                NewReading[] added = [.. Enumerable.Range(0, random.Next(1, 6)).Select(_ => NewReading(random))];
                Assert.Equal(await model.AppendAsync(added, none), await buffer.AppendAsync(added, none));
                break;
            case 3:
                int count = random.Next(1, 8);
                IReadOnlyList<BufferedReading> expected = await model.LeaseAsync(recipient, count, now, none);
                AssertSame(expected, await buffer.LeaseAsync(recipient, count, now, none));
                break;
            case 4:
                long[] released = Ids(random);
                await model.ReleaseAsync(recipient, released, none);
                await buffer.ReleaseAsync(recipient, released, none);
                break;
            case 5 or 6:
                long[] receipted = Ids(random);
                RejectedReading[] rejected = [.. Ids(random).Select(id => new RejectedReading(id, random.Next(2) == 0 ? "invalid-entry" : "not-enrolled"))];
                await model.SettleAsync(recipient, receipted, rejected, now, none);
                await buffer.SettleAsync(recipient, receipted, rejected, now, none);
                break;
            case 7 when random.Next(4) == 0:
                Assert.Equal(await model.RetryRejectedAsync(recipient, none), await buffer.RetryRejectedAsync(recipient, none));
                break;
            case 7:
                RejectedPayload[] payloads = [SampleReadings.Rejected(random.Next(20)), SampleReadings.Rejected(random.Next(20))];
                Assert.Equal(await model.QuarantineAsync(payloads, none), await buffer.QuarantineAsync(payloads, none));
                break;
            case 8:
                ReadingAct act = NewAct(random, 1 + random.NextInt64(1 + LastId(model)), now);
                NewDelivery[] decided = [.. Recipients.Select(to => new NewDelivery(to, NewState(random)))];
                Assert.Equal(await model.ActAsync(act, _ => decided, none), await buffer.ActAsync(act, _ => decided, none));
                break;
            case 10 when random.Next(3) == 0:
                int even = random.Next(3);
                bool Permits(AcquiredReading reading) => (reading.Octets[1] + even) % 3 != 0;
                Assert.Equal(await model.ReviewAsync(recipient, Permits, none), await buffer.ReviewAsync(recipient, Permits, none));
                break;
            case 10:
                long[] withheld = Ids(random);
                Assert.Equal(await model.WithholdAsync(recipient, withheld, none), await buffer.WithholdAsync(recipient, withheld, none));
                break;
            case 9 when random.Next(6) == 0:
                string address = SampleReadings.Device(random.Next(2)).Address;
                Assert.Equal(await model.ForgetDeviceAsync(address, none), await buffer.ForgetDeviceAsync(address, none));
                break;
            default:
                DateTimeOffset before = SampleReadings.Start.AddMinutes(random.Next(120));
                Assert.Equal(await model.PruneAsync(before, none), await buffer.PruneAsync(before, none));
                break;
        }

        long[] Ids(Random from) => [.. Enumerable.Range(0, from.Next(0, 6)).Select(_ => from.NextInt64(1, 1 + Math.Max(1, LastId(model))))];
    }

    private static long LastId(InMemoryReadingBuffer model) => model.CountAsync(CancellationToken.None).Result.Taken;

    /// <summary>A reading out of few enough that duplicates and equal stamps come up.</summary>
    private static NewReading NewReading(Random random)
    {
        PatientReference patient = Patients[random.Next(Patients.Length)];
        int number = random.Next(400);
        AcquiredReading reading = random.Next(5) switch
        {
            0 => SampleReadings.Unstamped(number, patient),
            1 => SampleReadings.BloodPressure(
                number, patient, SampleReadings.Device(random.Next(2)), (ushort)random.Next(100, 160), SampleReadings.Start.AddMinutes(number / 8)),
            2 => SampleReadings.BloodPressure(number, patient, use: StampUse.NotUsable),
            _ => SampleReadings.BloodPressure(number, patient),
        };
        if (random.Next(8) == 0)
        {
            return new NewReading(
                reading with { Patient = PatientReference.Nobody, Unassigned = UnassignedReason.UnknownUser }, [new NewDelivery(Recipients[0], DeliveryState.Unassigned)]);
        }

        return new NewReading(
            reading,
            random.Next(3) == 0
                ? [new NewDelivery(Recipients[0], NewState(random)), new NewDelivery(Recipients[1], NewState(random))]
                : [new NewDelivery(Recipients[0], NewState(random))]);
    }

    private static DeliveryState NewState(Random random) => random.Next(10) switch
    {
        0 or 1 => DeliveryState.Local,
        2 => DeliveryState.Withheld,
        _ => DeliveryState.Buffered,
    };

    private static ReadingAct NewAct(Random random, long reading, DateTimeOffset now)
    {
        ActKind kind = (ActKind)random.Next(1, 4);
        PatientReference? patient = kind == ActKind.Assign || (kind == ActKind.TakeBack && random.Next(2) == 0) ? Patients[random.Next(Patients.Length)] : null;
        return new ReadingAct(Guid.NewGuid(), kind, reading, now, "nurse", kind == ActKind.Assign ? null : "guest", patient);
    }

    private static async Task AssertAgreeAsync(IReadingBuffer buffer, InMemoryReadingBuffer model)
    {
        CancellationToken none = CancellationToken.None;
        BufferCounts expected = await model.CountAsync(none);
        BufferCounts actual = await buffer.CountAsync(none) with { SizeBytes = 0 };
        Assert.Equal(expected.RejectedByReason, actual.RejectedByReason);
        Assert.Equal(expected.QuarantinedByCause, actual.QuarantinedByCause);
        Assert.Equal(expected with { RejectedByReason = actual.RejectedByReason, QuarantinedByCause = actual.QuarantinedByCause }, actual);
        Assert.All(Recipients, recipient => Assert.Equal(model.CountBuffered(recipient), buffer.CountBuffered(recipient)));
        Assert.Equal(await model.ListPatientsAsync(none), await buffer.ListPatientsAsync(none));
        Assert.Equal(await ToListAsync(model.ReadActsAsync(none)), await ToListAsync(buffer.ReadActsAsync(none)));
        Assert.Equal(
            (await ToListAsync(model.ReadUnassignedAsync(none))).Select(one => (one.Reading.Id, one.Reason)),
            (await ToListAsync(buffer.ReadUnassignedAsync(none))).Select(one => (one.Reading.Id, one.Reason)));
        foreach (PatientReference patient in Patients)
        {
            AssertSame(await ToListAsync(model.ReadHistoryAsync(patient, none)), await ToListAsync(buffer.ReadHistoryAsync(patient, none)));
        }
    }

    private static void AssertSame(IReadOnlyList<BufferedReading> expected, IReadOnlyList<BufferedReading> actual) => Assert.Equal(
        expected.Select(reading => (reading.Id, reading.Record.Identity, reading.Record.IdentifierTaken, reading.Record.IsTakenBack)),
        actual.Select(reading => (reading.Id, reading.Record.Identity, reading.Record.IdentifierTaken, reading.Record.IsTakenBack)));

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> readings)
    {
        var list = new List<T>();
        await foreach (T reading in readings)
        {
            list.Add(reading);
        }

        return list;
    }
}
