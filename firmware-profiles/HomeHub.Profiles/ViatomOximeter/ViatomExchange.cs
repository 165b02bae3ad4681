using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ViatomOximeter;

/// <summary>Asks a ring for what it measures, for as long as it is worn.</summary>
public sealed class ViatomExchange : IRequestExchange
{
    /// <summary>Answers without a finger in the ring, one after the other, by which it counts as taken off.</summary>
    public const int MaxUnworn = 30;

    /// <summary>How often a request is written before the ring is given up.</summary>
    public const int MaxTries = 5;

    private readonly FrameReader _frames = new(ViatomFrame.LengthOf, ViatomFrame.MaxOctets);
    private int _tries, _unworn;

    /// <inheritdoc/>
    public IReadOnlyList<BluetoothUuid> Answers { get; } = [ViatomOximeterProfile.AnswerUuid];

    /// <inheritdoc/>
    public bool IsStored => false;

    /// <inheritdoc/>
    public TimeSpan AnswerLimit { get; } = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public TimeSpan Interval { get; } = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public bool IsAnswered => _tries == 0;

    /// <inheritdoc/>
    public bool IsComplete => _unworn >= MaxUnworn;

    /// <inheritdoc/>
    public DeviceRequest? Next()
    {
        _frames.Clear();
        return !IsComplete && _tries++ < MaxTries
            ? new DeviceRequest(ViatomOximeterProfile.RequestUuid, ViatomFrame.Request(ViatomFrame.ReadSensors))
            : null;
    }

    /// <inheritdoc/>
    public IReadOnlyList<byte[]> Accept(BluetoothUuid characteristic, ReadOnlySpan<byte> octets)
    {
        IReadOnlyList<byte[]> frames = characteristic == ViatomOximeterProfile.AnswerUuid ? _frames.Accept(octets) : [];
        foreach (byte[] frame in frames)
        {
            if (ViatomLiveReading.TryDecode(frame, out ViatomLiveReading reading, out _))
            {
                _tries = 0;
                _unworn = reading.IsWorn ? 0 : _unworn + 1;
            }
        }

        return frames;
    }
}
