using System.Buffers.Binary;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Glucose;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Glucose contexts that came before their measurement (Glucose Service 1.0.1, 3.2: the same Sequence Number joins them), held so that they are given on
/// after it. Synchronous and bounded in number and time; what waits is not on disk, so nobody is told that it is.
/// </summary>
internal sealed class ContextQueue
{
    /// <summary>Longest wait for a measurement: as long as a transfer may be silent.</summary>
    public static readonly TimeSpan WaitLimit = TimeSpan.FromSeconds(30);

    /// <summary>Most contexts that wait; the oldest is given on alone for one more.</summary>
    public const int MaxWaiting = 1_024;

    private readonly HashSet<ushort> _measured = [];
    private readonly List<(ushort Number, CharacteristicValue Value, TimeSpan Since)> _waiting = [];

    /// <summary>Contexts that wait.</summary>
    public int Count => _waiting.Count;

    /// <summary>Takes a value.</summary>
    /// <returns>What is to be given on now, in this order; empty when the value waits.</returns>
    public IReadOnlyList<CharacteristicValue> Take(CharacteristicValue value, TimeSpan now)
    {
        ushort? characteristic = value.Characteristic.Uuid.Short;
        if (characteristic is not (GlucoseProfile.MeasurementUuid or GlucoseProfile.ContextUuid) || value.Octets.Length < 3)
        {
            return [value];
        }

        ushort number = BinaryPrimitives.ReadUInt16LittleEndian(value.Octets.AsSpan(1));
        if (characteristic == GlucoseProfile.MeasurementUuid)
        {
            _measured.Add(number);
            return [value, .. Remove(waiting => waiting.Number == number)];
        }

        if (_measured.Contains(number))
        {
            return [value];
        }

        _waiting.Add((number, value, now));
        if (_waiting.Count <= MaxWaiting)
        {
            return [];
        }

        CharacteristicValue oldest = _waiting[0].Value;
        _waiting.RemoveAt(0);
        return [oldest];
    }

    /// <summary>Those that have waited long enough, oldest first: their measurement does not come.</summary>
    public IReadOnlyList<CharacteristicValue> TakeLate(TimeSpan now) => Remove(waiting => now - waiting.Since >= WaitLimit);

    /// <summary>All that wait, oldest first.</summary>
    public IReadOnlyList<CharacteristicValue> TakeAll() => Remove(_ => true);

    private List<CharacteristicValue> Remove(Predicate<(ushort Number, CharacteristicValue Value, TimeSpan Since)> isWanted)
    {
        List<CharacteristicValue> taken = [.. _waiting.FindAll(isWanted).Select(waiting => waiting.Value)];
        _waiting.RemoveAll(isWanted);
        return taken;
    }
}
