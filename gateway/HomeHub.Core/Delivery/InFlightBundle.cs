using HomeHub.Core.Consent;

namespace HomeHub.Core.Delivery;

/// <summary>A Bundle under way: kept as it was sent, so that a repetition is the same byte for byte.</summary>
/// <param name="Group">What it holds.</param>
/// <param name="Encoded">Its entries.</param>
/// <param name="Payload">Its bytes on the wire.</param>
/// <param name="Devices">Devices that it includes.</param>
public sealed record InFlightBundle(DeliveryGroup Group, EncodedBundle Encoded, UplinkPayload Payload, IReadOnlyList<DeviceEntry> Devices)
{
    private readonly TaskCompletionSource _withdrawn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What it tells of a person's consent; null for a Bundle of readings.</summary>
    public ConsentExtract? Consent { get; init; }

    /// <summary>Completes when what it holds may not go any more: a publication that waits for the broker is called back.</summary>
    public Task Withdrawn => _withdrawn.Task;

    /// <summary>When it is due to be sent (again).</summary>
    public DateTimeOffset DueAt { get; set; }

    /// <summary>How often it was published.</summary>
    public int Publications { get; set; }

    /// <summary>Calls back what is not yet with the broker.</summary>
    public void Withdraw() => _withdrawn.TrySetResult();
}
