namespace HomeHub.Mosquitto;

/// <summary>
/// One publish on its way from a caller to the loop and to its PUBACK. The lock keeps a caller who cancels, and then reuses the payload's memory,
/// from doing so while the library copies it.
/// </summary>
internal sealed class PublishCommand(string topic, ReadOnlyMemory<byte> payload, MosquittoQos qos, bool retain, string? contentType)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _handOver = new();
    private ReadOnlyMemory<byte> _payload = payload;

    public string Topic { get; } = topic;

    public MosquittoQos Qos { get; } = qos;

    public bool Retain { get; } = retain;

    public string? ContentType { get; } = contentType;

    public Task Task => _done.Task;

    /// <summary>Gives the payload to the library, unless the caller has cancelled.</summary>
    /// <returns>Whether it was given.</returns>
    public bool TryHandOver(Action<PublishCommand, ReadOnlyMemory<byte>> give)
    {
        lock (_handOver)
        {
            if (_done.Task.IsCompleted)
            {
                return false;
            }

            give(this, _payload);
            _payload = default;
            return true;
        }
    }

    public void Cancel(CancellationToken cancellation)
    {
        lock (_handOver)
        {
            _payload = default;
            _done.TrySetCanceled(cancellation);
        }
    }

    public void Succeed() => _done.TrySetResult();

    public void Fail(MosquittoException error) => _done.TrySetException(error);
}
