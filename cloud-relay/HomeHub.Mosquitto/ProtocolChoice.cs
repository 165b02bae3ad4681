namespace HomeHub.Mosquitto;

/// <summary>
/// Which version of MQTT to try next. 5 first. A broker that says it does not speak 5 (CONNACK 0x84, a 3.1.1 CONNACK 0x01, or an answer that is no
/// MQTT 5) gets 3.1.1 from then on. One that closes without a word may be such a broker or may be in trouble: the versions then take turns until one connects.
/// </summary>
internal sealed class ProtocolChoice(MosquittoProtocol? only)
{
    private bool _settled = only is not null;

    public MosquittoProtocol Current { get; private set; } = only ?? MosquittoProtocol.Mqtt5;

    /// <summary>A connection came about: the version stays.</summary>
    public void Connected() => _settled = true;

    /// <summary>A try failed.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="reachedBroker">Whether CONNECT was sent and not answered.</param>
    /// <returns>Whether to try the other version at once.</returns>
    public bool Failed(MosquittoFailureKind kind, bool reachedBroker)
    {
        if (only is null && kind == MosquittoFailureKind.ProtocolVersion)
        {
            var first = Current == MosquittoProtocol.Mqtt5;
            Current = first ? MosquittoProtocol.Mqtt311 : MosquittoProtocol.Mqtt5;
            _settled = false;
            return first;
        }

        if (!_settled && reachedBroker && kind == MosquittoFailureKind.ConnectionLost)
        {
            Current = Current == MosquittoProtocol.Mqtt5 ? MosquittoProtocol.Mqtt311 : MosquittoProtocol.Mqtt5;
        }

        return false;
    }
}
