using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.Wire;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Finds the frames in vendors' streams and lets on what is worth keeping: a frame that tells other numbers than the last one that was let on, or the same ones
/// <see cref="KeepInterval"/> after it. An oximeter sends a hundred frames a second, of which hardly one says anything new; no number that it showed is missed. Frames
/// that tell nothing (no finger, a waveform) end here. Synchronous, told the time. Not safe for several threads.
/// </summary>
internal sealed class FrameGate
{
    /// <summary>How often numbers that stay the same are kept.</summary>
    public static readonly TimeSpan KeepInterval = TimeSpan.FromSeconds(1);

    /// <summary>Frames of a connection that are given to quarantine because they are not understood; further ones are counted only.</summary>
    public const int MaxRejected = 32;

    private readonly Dictionary<GattCharacteristic, FrameReader> _readers = [];
    private readonly Dictionary<GattCharacteristic, (TimeSpan At, (uint, MeasuredValue)[] Numbers)> _kept = [];
    private int _rejected;

    /// <summary>Frames that were not understood and are not kept.</summary>
    public int Refused { get; private set; }

    /// <summary>Octets that no frame starts with.</summary>
    public long Dropped => _readers.Values.Sum(reader => reader.Dropped);

    /// <summary>Whether a characteristic tells frames; what it tells has to go through <see cref="Take"/>.</summary>
    public static bool IsFramed(GattCharacteristic characteristic) => ProfileRegistry.FindDecoder(characteristic.Uuid)?.Frames is not null;

    /// <summary>Takes a notification of a framed characteristic.</summary>
    /// <returns>The frames to be let on, in order.</returns>
    public IReadOnlyList<CharacteristicValue> Take(CharacteristicValue value, TimeSpan now)
    {
        if (ProfileRegistry.FindDecoder(value.Characteristic.Uuid)?.Frames is not { } layout)
        {
            return [];
        }

        if (!_readers.TryGetValue(value.Characteristic, out FrameReader? reader))
        {
            _readers[value.Characteristic] = reader = layout.Read();
        }

        List<CharacteristicValue> taken = [];
        foreach (byte[] frame in reader.Accept(value.Octets))
        {
            if (IsKept(value.Characteristic, frame, now))
            {
                taken.Add(value with { Octets = frame });
            }
        }

        return taken;
    }

    /// <summary>Whether a frame that is whole is to be let on.</summary>
    public bool IsKept(GattCharacteristic characteristic, byte[] frame, TimeSpan now)
    {
        DecodeResult result = ProfileRegistry.Decode(characteristic.Uuid, frame, SessionContext.Empty);
        if (result.Error is not null)
        {
            bool isKept = _rejected < MaxRejected;
            _rejected += isKept ? 1 : 0;
            Refused += isKept ? 0 : 1;
            return isKept;
        }

        if (result.Readings.Length == 0)
        {
            return false;
        }

        (uint, MeasuredValue)[] numbers =
            [.. result.Readings.SelectMany(reading => reading.Values).OfType<NumericValue>().Select(value => (value.Code.Code, value.Value))];
        if (_kept.TryGetValue(characteristic, out (TimeSpan At, (uint, MeasuredValue)[] Numbers) last)
            && now - last.At < KeepInterval && last.Numbers.AsSpan().SequenceEqual(numbers))
        {
            return false;
        }

        _kept[characteristic] = (now, numbers);
        return true;
    }
}
