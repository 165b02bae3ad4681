using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Fhir;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Demo;

/// <summary>
/// What must be at the relay in the end: worked out from the sources once more, apart from the hub and its counts. Each reading that is to be
/// sent, with the UUIDs of its Observations.
/// </summary>
internal sealed class DemoExpectation
{
    private readonly Dictionary<RecordIdentity, Guid[]> _sent = [];
    private readonly HashSet<RecordIdentity> _local = [];

    /// <summary>Readings that the relay must have.</summary>
    public int ToSend => _sent.Count;

    /// <summary>Observations that these become, without Coincident Timestamps.</summary>
    public int Observations => _sent.Values.Sum(ids => ids.Length);

    /// <summary>Readings that upload rules keep on the hub.</summary>
    public int Local => _local.Count;

    /// <summary>Payloads that nobody understands.</summary>
    public int Quarantined { get; private set; }

    /// <summary>Reads the sources to their ends.</summary>
    public static async Task<DemoExpectation> OfAsync(IReadOnlyList<IPayloadSource> sources, HubIdentity hub, CancellationToken cancellation)
    {
        var expectation = new DemoExpectation();
        FhirEncoder encoder = Adapters.CreateEncoder();
        foreach (IPayloadSource source in sources)
        {
            var sessions = new OpenSessions(HubZone.OfReception, IngestPipeline.MaxOpenSessions);
            var policy = new UploadPolicy(new UploadOptions());
            await foreach (SourceItem item in source.ReadAsync(cancellation).ConfigureAwait(false))
            {
                if (item.Payload is not { } payload)
                {
                    continue;
                }

                SessionOutcome outcome = sessions.Of(payload).Accept(payload.Payload);
                expectation.Quarantined += outcome.Rejected is null ? 0 : 1;
                foreach (AcquiredReading reading in outcome.Readings)
                {
                    expectation.Add(hub, encoder, policy, reading);
                }
            }
        }

        return expectation;
    }

    /// <summary>How many readings are not wholly among the Observations that the relay has.</summary>
    public int CountLost(IReadOnlySet<Guid> observations) => _sent.Values.Count(ids => !ids.All(observations.Contains));

    private void Add(HubIdentity hub, FhirEncoder encoder, UploadPolicy policy, AcquiredReading reading)
    {
        if (_sent.ContainsKey(reading.Identity) || _local.Contains(reading.Identity))
        {
            return;
        }

        if (policy.Decide(reading) == DeliveryState.Local)
        {
            _local.Add(reading.Identity);
            return;
        }

        EncodedBundle bundle = encoder.EncodeBundle(hub, [reading], new HashSet<Guid>(), new ArrayBufferWriter<byte>());
        _sent[reading.Identity] = [.. bundle.Entries.Where(entry => entry.Reading >= 0).Select(entry => entry.Id)];
    }
}
