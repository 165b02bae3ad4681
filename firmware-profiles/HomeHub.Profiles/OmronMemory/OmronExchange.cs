namespace HomeHub.Profiles.OmronMemory;

/// <summary>Reads the memory of a monitor over its connection: the token first, then <see cref="OmronMemoryRead"/>.</summary>
/// <param name="map">Where the monitor keeps its records.</param>
/// <param name="token">The number that it is to echo.</param>
public sealed class OmronExchange(OmronMemoryMap map, uint token) : IRequestExchange
{
    private readonly OmronMemoryRead _read = new(map);
    private readonly OmronChannels _channels = new();
    private bool _isOpen;
    private int _tokenTries;

    /// <inheritdoc/>
    public IReadOnlyList<BluetoothUuid> Answers { get; } = [OmronMemoryProfile.AnswerUuid, OmronMemoryProfile.TokenUuid];

    /// <inheritdoc/>
    public bool IsStored => true;

    /// <inheritdoc/>
    public TimeSpan AnswerLimit { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.Zero;

    /// <inheritdoc/>
    public bool IsAnswered => _isOpen && _read.IsAnswered;

    /// <inheritdoc/>
    public bool IsComplete => _read.IsComplete;

    /// <inheritdoc/>
    public DeviceRequest? Next()
    {
        if (!_isOpen)
        {
            return _tokenTries++ < OmronMemoryRead.MaxTries ? new DeviceRequest(OmronMemoryProfile.TokenUuid, OmronToken.Request(token)) : null;
        }

        _channels.Clear();
        return _read.Request() is { } request ? new DeviceRequest(OmronMemoryProfile.RequestChannel, request) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Accept(BluetoothUuid characteristic, ReadOnlySpan<byte> octets)
    {
        if (characteristic == OmronMemoryProfile.TokenUuid)
        {
            _isOpen |= OmronToken.IsAccepted(octets, token);
            return [];
        }

        return _isOpen && characteristic == OmronMemoryProfile.AnswerUuid && _channels.Accept(0, octets) is { } frame && _read.Accept(frame) is { } record ? [record] : [];
    }
}
