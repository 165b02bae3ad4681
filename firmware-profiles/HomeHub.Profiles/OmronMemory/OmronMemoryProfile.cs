using HomeHub.Profiles.BloodPressure;
using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.OmronMemory;

/// <summary>Omron monitors whose stored records are read from their memory.</summary>
public static class OmronMemoryProfile
{
    /// <summary>First of the four channels that answers are notified on; a whole frame stands under it.</summary>
    public static readonly BluetoothUuid AnswerUuid = BluetoothUuid.Parse("49123040-aee8-11e1-a74d-0002a5d5c51b");

    /// <summary>All channels that answers are notified on, in order.</summary>
    public static readonly IReadOnlyList<BluetoothUuid> AnswerChannels =
    [
        AnswerUuid, BluetoothUuid.Parse("4d0bf320-aee8-11e1-a0d9-0002a5d5c51b"), BluetoothUuid.Parse("5128ce60-aee8-11e1-b84b-0002a5d5c51b"),
        BluetoothUuid.Parse("560f1420-aee8-11e1-8184-0002a5d5c51b"),
    ];

    /// <summary>The channel that requests are written to.</summary>
    public static readonly BluetoothUuid RequestChannel = BluetoothUuid.Parse("db5b55e0-aee7-11e1-965e-0002a5d5c51b");

    /// <summary>Where a monitor is given the token, and answers it.</summary>
    public static readonly BluetoothUuid TokenUuid = BluetoothUuid.Parse("b305b680-aee7-11e1-a730-0002a5d5c51b");

    /// <summary>The service; newer monitors have the same characteristics in FE4A.</summary>
    public static readonly BluetoothUuid Service = BluetoothUuid.Parse("ecbe3980-c9a2-11e1-b1bd-0002a5d5c51b");

    /// <summary>The profile.</summary>
    public static readonly GattProfile Profile = new(
        Service, "Omron memory", BloodPressureTerms.Specialization, [new CharacteristicDecoder(AnswerUuid, "Omron memory slot", Decode)])
    {
        Replies = [.. AnswerChannels.Skip(1), TokenUuid],
        Exchange = start => OmronMemoryMap.Find(start.ModelNumber) is { Access: OmronAccess.Token } map ? new OmronExchange(map, start.Nonce) : null,
    };

    private static DecodeResult Decode(ReadOnlySpan<byte> octets, SessionContext context)
    {
        var reader = new WireReader(octets);
        ReadOnlySpan<byte> slot = OmronFrame.Open(ref reader, octets, out ushort address);
        OmronRecord record = default;
        byte? user = null;
        if (!reader.Failed)
        {
            OmronMemoryMap? map = OmronMemoryMap.Find(context.OmronModel);
            user = map?.UserOf(address);
            if (map is null)
            {
                reader.Reject(DecodeErrorCode.UnknownCharacteristic, "memory map of the model", 0);
            }
            else if (user is null || slot.Length != map.RecordOctets)
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, "Address", 3);
            }
            else if (OmronRecord.IsEmpty(slot))
            {
                return default;
            }
            else if (!OmronRecord.TryRead(slot, map.Layout, out record, out string field, out int offset))
            {
                reader.Reject(DecodeErrorCode.FieldOutOfRange, field, OmronFrame.HeaderOctets + offset);
            }
        }

        return reader.Failed ? DecodeResult.Rejected(reader.Error(AnswerUuid)) : DecodeResult.Of(ReadingOf(record, user));
    }

    private static Reading ReadingOf(in OmronRecord record, byte? user) => BloodPressureReadings.FromVendor(
        record.Systolic, record.Diastolic, record.PulseRate == 0 ? null : record.PulseRate, record.HasMoved, record.IsIrregular, record.Timestamp, user);
}
