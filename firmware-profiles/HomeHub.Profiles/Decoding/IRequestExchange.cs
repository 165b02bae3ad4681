namespace HomeHub.Profiles;

/// <summary>
/// Requests to a device that tells only what it is asked for, and its answers. Pure and bounded: the caller writes what <see cref="Next"/> gives, passes on what is notified,
/// and calls <see cref="Next"/> again when <see cref="IsAnswered"/> or <see cref="AnswerLimit"/> is over. It begins anew with each connection, and tells all that the device has: what was told
/// before has the same octets, by which it is known. Nothing that is written changes or clears what the device holds. Not safe for several threads.
/// </summary>
public interface IRequestExchange
{
    /// <summary>Characteristics that answers are notified by, in the order in which they are subscribed.</summary>
    IReadOnlyList<BluetoothUuid> Answers { get; }

    /// <summary>True for records out of a memory, false for what the device measures as it is asked.</summary>
    bool IsStored { get; }

    /// <summary>How long an answer is waited for until it is asked for again.</summary>
    TimeSpan AnswerLimit { get; }

    /// <summary>Shortest time from one request to the next.</summary>
    TimeSpan Interval { get; }

    /// <summary>True when the last request has its answer.</summary>
    bool IsAnswered { get; }

    /// <summary>True when the device has told all that it has.</summary>
    bool IsComplete { get; }

    /// <summary>What to write now: the next request, or one that was not answered once more; null when it is over, complete or not.</summary>
    DeviceRequest? Next();

    /// <summary>Takes what was notified.</summary>
    /// <param name="characteristic">By which it was notified.</param>
    /// <param name="octets">The notification.</param>
    /// <returns>Payloads of the profile's characteristic that are whole by it, in order; none is an empty list.</returns>
    IReadOnlyList<byte[]> Accept(BluetoothUuid characteristic, ReadOnlySpan<byte> octets);
}
