using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>Reads all records of a meter over its connection, by <see cref="TaiDocMemoryRead"/>.</summary>
public sealed class TaiDocExchange : IRequestExchange
{
    private readonly TaiDocMemoryRead _read = new();
    private readonly FrameReader _frames = new(TaiDocFrame.LengthOf, TaiDocFrame.Octets);

    /// <inheritdoc/>
    public IReadOnlyList<BluetoothUuid> Answers { get; } = [TaiDocMeterProfile.AnswerUuid];

    /// <inheritdoc/>
    public bool IsStored => true;

    /// <inheritdoc/>
    public TimeSpan AnswerLimit { get; } = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public TimeSpan Interval => TimeSpan.Zero;

    /// <inheritdoc/>
    public bool IsAnswered => _read.IsAnswered;

    /// <inheritdoc/>
    public bool IsComplete => _read.IsComplete;

    /// <inheritdoc/>
    public DeviceRequest? Next()
    {
        _frames.Clear();
        return _read.Request() is { } request ? new DeviceRequest(TaiDocMeterProfile.AnswerUuid, request) : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Accept(BluetoothUuid characteristic, ReadOnlySpan<byte> octets)
    {
        List<byte[]> records = [];
        foreach (byte[] frame in characteristic == TaiDocMeterProfile.AnswerUuid ? _frames.Accept(octets) : [])
        {
            records.AddRange(_read.Accept(frame) is { } record ? [record] : []);
        }

        return records;
    }
}
