using System.Buffers;
using System.Collections.Concurrent;
using HomeHub.CloudRelay.Bundles;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Intake;

/// <summary>The first half of the way: limits, decompression and the checks that need no store. One thread at a time.</summary>
/// <param name="clock">The clock.</param>
internal sealed class BundleIntake(TimeProvider clock)
{
    private const int StartBytes = 256 * 1024;

    private readonly BundleReader _reader = new();
    private readonly ConcurrentBag<ParsedBundle> _pool = [];
    private ArrayBufferWriter<byte> _json = new(StartBytes);

    /// <summary>Reads a Bundle. Never throws for what is in it.</summary>
    public IntakeWork Read(IncomingBundle incoming)
    {
        var arrived = clock.GetTimestamp();
        var parsed = _pool.TryTake(out var used) ? used : new ParsedBundle();
        parsed.Clear();
        var (reason, bytes) = Check(incoming, parsed);
        return new IntakeWork(incoming, parsed, reason, bytes, arrived);
    }

    /// <summary>Takes back what <see cref="Read"/> gave.</summary>
    public void Return(IntakeWork work) => _pool.Add(work.Parsed);

    private (ReasonCode? Reason, int Bytes) Check(IncomingBundle incoming, ParsedBundle parsed)
    {
        if (incoming.Payload.Length > ContractLimits.MaxPayloadBytes)
        {
            return (ReasonCode.TooLarge, 0);
        }

        switch (incoming.Topic.Encoding)
        {
            case null:
                return (ReasonCode.UnknownEncoding, 0);
            case BundleEncoding.Json:
                return (_reader.Read(incoming.Payload.Span, incoming.Topic.Bundle, parsed), incoming.Payload.Length);
            default:
                Reset();
                var reason = BrotliPayload.Decompress(incoming.Payload.Span, _json);
                return (reason ?? _reader.Read(_json.WrittenSpan, incoming.Topic.Bundle, parsed), _json.WrittenCount);
        }
    }

    private void Reset()
    {
        _json.ResetWrittenCount();
        if (_json.Capacity > 4 * StartBytes)
        {
            // One huge Bundle does not make the relay huge for good.
            _json = new(StartBytes);
        }
    }
}
