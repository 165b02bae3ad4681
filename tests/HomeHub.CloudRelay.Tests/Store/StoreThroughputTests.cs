using System.Diagnostics;
using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using Xunit.Abstractions;

namespace HomeHub.CloudRelay.Tests.Store;

/// <summary>How much the way from payload to commit takes alone; a figure to look at, with a bound that only a fault would miss.</summary>
public sealed class StoreThroughputTests(ITestOutputHelper output)
{
    [Fact]
    public void A_backlog_is_decompressed_checked_and_committed()
    {
        var bundles = int.Parse(Environment.GetEnvironmentVariable("RELAY_BENCH_BUNDLES") ?? "100");
        const int Each = 200;
        var random = new Random(7);
        var incoming = new List<IncomingBundle>();
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(1));
        for (var i = 0; i < bundles; i++)
        {
            var sample = new SampleBundle { Patient = $"Patient/p{i % 4}" };
            sample = i == 0 ? sample.WithDevices() : sample;
            for (var n = 0; n < Each; n++)
            {
                var octets = new byte[16];
                random.NextBytes(octets);
                sample.WithBloodPressure(new Guid(octets), at = at.AddSeconds(61), 100 + random.Next(60));
            }

            incoming.Add(sample.Incoming(BundleEncoding.Brotli));
        }

        using var fixture = new StoreFixture();
        var reader = new BundleReader();
        var parsed = new ParsedBundle();
        var json = new System.Buffers.ArrayBufferWriter<byte>(1 << 20);
        var (read, write, commit) = (0L, 0L, 0L);
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var whole = Stopwatch.StartNew();
        const int Group = 16;
        for (var first = 0; first < incoming.Count; first += Group)
        {
            fixture.Writer.Begin();
            foreach (var bundle in incoming.Skip(first).Take(Group))
            {
                var t0 = Stopwatch.GetTimestamp();
                json.ResetWrittenCount();
                Assert.Null(BrotliPayload.Decompress(bundle.Payload.Span, json));
                Assert.Null(reader.Read(json.WrittenSpan, bundle.Topic.Bundle, parsed));
                var t1 = Stopwatch.GetTimestamp();
                Assert.Null(fixture.Writer.Add(bundle, parsed, json.WrittenCount, fixture.Now).Reason);
                write += Stopwatch.GetTimestamp() - t1;
                read += t1 - t0;
            }

            var t2 = Stopwatch.GetTimestamp();
            fixture.Writer.Commit();
            commit += Stopwatch.GetTimestamp() - t2;
        }

        whole.Stop();
        var count = bundles * Each;
        var seconds = whole.Elapsed.TotalSeconds;
        var text = $"{count} Observations in {seconds:F2} s: {count / seconds:F0}/s; per Observation: read {Micro(read):F1} µs, "
            + $"write {Micro(write):F1} µs, commit {Micro(commit):F1} µs, {(GC.GetAllocatedBytesForCurrentThread() - allocated) / count} bytes allocated; "
            + $"{incoming.Average(b => b.Payload.Length) / Each:F0} bytes on the wire, "
            + $"{Directory.GetFiles(fixture.Folder).Sum(f => new FileInfo(f).Length) / count} in the folder";
        output.WriteLine(text);
        Assert.Equal(count + 2, fixture.Count("resource"));
        Assert.True(count / seconds > 2_000, text);

        double Micro(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMicroseconds / count;
    }
}
