using HomeHub.Core.Identity;
using HomeHub.Profiles;
using HomeHub.Profiles.PulseOximeter;

namespace HomeHub.Core.Acquisition;

/// <summary>
/// What makes two spot-checks of an oximeter the same that have neither stamp nor number (docs/decisions/0026). Told from the memory, the octets alone: they are
/// told again at each connection. Told as they are measured, the time of reception; the same octets at once again are a repetition.
/// </summary>
internal sealed class UnstampedSpotChecks
{
    /// <summary>For how long the same octets are a repetition: no finger is measured anew in less (averaging alone takes some four seconds).</summary>
    public static readonly TimeSpan RepetitionLimit = TimeSpan.FromSeconds(5);

    private (byte[] Octets, DateTimeOffset At)? _last;

    /// <summary>The identity; null for every other record.</summary>
    /// <param name="address">Address of the device.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="reading">What it says.</param>
    /// <param name="isRequested">Whether it was asked for from the device's memory.</param>
    public RecordIdentity? Identify(string address, in IncomingPayload payload, Reading reading, bool isRequested)
    {
        if (payload.Characteristic != PulseOximeterProfile.SpotCheckUuid || reading.Timestamp is not null)
        {
            return null;
        }

        ReadOnlySpan<byte> octets = payload.Octets.Span;
        if (isRequested)
        {
            return RecordIdentity.OfStored(address, payload.Characteristic, octets);
        }

        bool isRepeated = _last is { } last && octets.SequenceEqual(last.Octets) && payload.ReceivedAt - last.At is var since && since >= TimeSpan.Zero && since < RepetitionLimit;
        if (!isRepeated)
        {
            _last = (octets.ToArray(), payload.ReceivedAt);
        }

        return RecordIdentity.Of(address, payload.Characteristic, null, null, _last!.Value.At, octets);
    }
}
