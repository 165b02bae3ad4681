using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.TaiDocMeter;

/// <summary>
/// A record, as the meter's answers tell it: model, time and value, three frames. The model stands with it because a record does not say what it is: the same octets are a
/// glucose concentration in one meter and a blood pressure in another. Where the meter holds the same three more than once, an octet behind them counts: 1 for the second one.
/// </summary>
/// <param name="Model">Model in binary coded decimals: 0x4255 is TD-4255.</param>
/// <param name="IsBloodPressure">True for a blood pressure, false for a glucose concentration.</param>
/// <param name="Timestamp">Local time by the meter's clock, whole minutes.</param>
/// <param name="Value">Glucose concentration in mg/dL, or the systolic pressure in mmHg.</param>
/// <param name="Diastolic">In mmHg; 0 for a glucose concentration.</param>
/// <param name="PulseRate">In beats a minute; null where there is none.</param>
/// <param name="IsIrregular">The pulse was irregular.</param>
/// <param name="IsControl">The sample was control solution.</param>
/// <param name="Item">What was measured where it is no blood pressure: always 0, which is glucose. 6 is hematocrit, 7 ketone; such a record is rejected.</param>
public readonly record struct TaiDocRecord(
    ushort Model, bool IsBloodPressure, PhdTimestamp Timestamp, int Value, int Diastolic, int? PulseRate, bool IsIrregular, bool IsControl, int Item)
{
    /// <summary>Octets of a record: three frames; of one whose octets the meter has more than once, one octet more.</summary>
    public const int Octets = 3 * TaiDocFrame.Octets;

    private const int TimeOffset = TaiDocFrame.Octets, ValueOffset = 2 * TaiDocFrame.Octets;
    private const int MeanOffset = 3;
    private const int QualityControl = 3, GlucoseItem = 0, Century = 2000;
    private const ushort NoGlucose = 0xFFFF, DoubtfulGlucose = 0xFF;

    /// <summary>Reads a record; false with field and offset when a frame is damaged, the model is not known, or a field can't be.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> octets, out TaiDocRecord record, out DecodeError error)
    {
        record = default;
        var reader = new WireReader(octets);
        ReadOnlySpan<byte> model = reader.Octets(TaiDocFrame.Octets, "Model answer");
        ReadOnlySpan<byte> time = reader.Octets(TaiDocFrame.Octets, "Time answer");
        ReadOnlySpan<byte> value = reader.Octets(TaiDocFrame.Octets, "Value answer");
        if (octets.Length == Octets + 1 && octets[^1] is > 0 and <= TaiDocRepeats.MaxRepeats)
        {
            _ = reader.UInt8("Repeat");
        }

        if (reader.End())
        {
            Note(ref reader, TaiDocFrame.FaultOf(model, TaiDocFrame.Model), 0);
            Note(ref reader, TaiDocFrame.FaultOf(time, TaiDocFrame.RecordTime), TimeOffset);
            Note(ref reader, TaiDocFrame.FaultOf(value, TaiDocFrame.RecordValue), ValueOffset);
        }

        if (!reader.Failed)
        {
            record = Read(TaiDocFrame.NumberOf(model), time, value);
            Judge(ref reader, record, TaiDocFrame.NumberOf(value));
            JudgeMean(ref reader, record, value[MeanOffset]);
        }

        error = reader.Failed ? reader.Error(TaiDocMeterProfile.AnswerUuid) : default;
        return !reader.Failed;
    }

    private static TaiDocRecord Read(ushort model, ReadOnlySpan<byte> time, ReadOnlySpan<byte> value)
    {
        ushort date = TaiDocFrame.NumberOf(time);
        byte minute = time[4], hour = time[5];
        bool isPressure = (model >> 8) switch
        {
            0x31 => true,
            0x32 => (minute & 0x80) != 0,
            _ => false,
        };
        return new TaiDocRecord(
            model,
            isPressure,
            new PhdTimestamp((ushort)(Century + (date >> 9)), (byte)((date >> 5) & 0x0F), (byte)(date & 0x1F), (byte)(hour & 0x1F), (byte)(minute & 0x3F), 0),
            isPressure ? value[2] : TaiDocFrame.NumberOf(value),
            isPressure ? value[4] : 0,
            isPressure && value[5] != 0 ? value[5] : null,
            isPressure && ((minute & 0x40) != 0 || (hour & 0x60) != 0),
            IsControl: !isPressure && value[5] >> 6 == QualityControl,
            isPressure ? 0 : (value[5] >> 2) & 0x0F);
    }

    private static void Judge(ref WireReader reader, in TaiDocRecord record, ushort raw)
    {
        if ((record.Model >> 8) is not (0x31 or 0x32 or 0x42))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Model", 2);
        }
        else if (record.Timestamp is not { Month: <= 12, Hour: <= 23, Minute: <= 59 } || !record.Timestamp.TryGetLocal(out _))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Time Stamp", TimeOffset + 2);
        }
        else if (record.IsBloodPressure ? record.Value == 0 : raw is 0 or NoGlucose or DoubtfulGlucose)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, record.IsBloodPressure ? "Systolic" : "Glucose", ValueOffset + 2);
        }
        else if (record.Item != GlucoseItem)
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Item", ValueOffset + 5);
        }
        else if (record is { IsBloodPressure: true, Diastolic: 0 })
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Diastolic", ValueOffset + 4);
        }
    }

    /// <summary>The mean to most sources and the high octet of the systolic pressure to one: where it can't be a mean, the systolic pressure may be another one.</summary>
    private static void JudgeMean(ref WireReader reader, in TaiDocRecord record, byte mean)
    {
        if (!reader.Failed && record.IsBloodPressure && mean != 0 && (mean < record.Diastolic || mean > record.Value))
        {
            reader.Reject(DecodeErrorCode.FieldOutOfRange, "Mean", ValueOffset + MeanOffset);
        }
    }

    private static void Note(ref WireReader reader, (DecodeErrorCode Code, string Field, int Offset)? fault, int start)
    {
        if (fault is var (code, field, offset))
        {
            reader.Reject(code, field, start + offset);
        }
    }
}
