using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Core.Time;

namespace HomeHub.Sqlite;

/// <summary>A reading as a row, there and back.</summary>
internal static class ReadingRow
{
    /// <summary>The columns, in the order in which they are bound (from 1) and read (from 0).</summary>
    public const string Columns =
        "id, identity, device, patient, service, characteristic, octets, context, received, received_offset, effective, effective_offset, "
        + "stamp, stamp_use, clock_read, clock_offset, clock_device, measurement, measurement_code, identifier_taken, taken_back";

    /// <summary>The same columns of a file of before version 3.</summary>
    public const string ColumnsOfVersion2 =
        "id, identity, device, patient, service, characteristic, octets, context, received, received_offset, effective, effective_offset, "
        + "stamp, stamp_use, clock_read, clock_offset, clock_device, measurement, measurement_code, identifier_taken, 0 AS taken_back";

    /// <summary>Inserts a row with <see cref="Columns"/>.</summary>
    public const string Insert =
        $"INSERT INTO reading ({Columns}) VALUES (?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16,?17,?18,?19,?20,?21)";

    /// <summary>Binds a reading to <see cref="Insert"/>.</summary>
    public static void Bind(Statement insert, long id, AcquiredReading reading, Texts texts, bool isIdentifierTaken)
    {
        Span<byte> identity = stackalloc byte[RecordIdentity.LengthBytes];
        reading.Identity.Write(identity);
        insert.Bind(1, id)
            .Bind(2, identity)
            .Bind(3, texts.Devices.Intern(reading.Device))
            .Bind(4, texts.Patients.Intern(reading.Patient))
            .Bind(5, reading.Service)
            .Bind(6, reading.Characteristic)
            .Bind(7, reading.Octets.AsSpan())
            .Bind(8, texts.Contexts.Intern(reading.Context));
        BindTime(insert, 9, reading.ReceivedAt);
        BindTime(insert, 11, reading.Effective.Instant);
        insert.Bind(13, reading.Stamp is { } stamp ? PackedStamp.Pack(stamp) : null)
            .Bind(14, (long)reading.Effective.Use);
        if (reading.ClockCheck is { } check)
        {
            BindTime(insert, 15, check.ReadAt);
            insert.Bind(17, check.DeviceTime is { } time ? PackedStamp.Pack(time) : null);
        }
        else
        {
            insert.BindNull(15).BindNull(16).BindNull(17);
        }

        if (reading.Measurement is { } measurement)
        {
            measurement.Write(identity);
            insert.Bind(18, identity);
        }
        else
        {
            insert.BindNull(18);
        }

        insert.Bind(19, reading.MeasurementCode).Bind(20, isIdentifierTaken ? 1 : 0).Bind(21, reading.IsTakenBack ? 1 : 0);
    }

    /// <summary>Reads a row with <see cref="Columns"/>; null when a shared text that it needs or a UUID is missing, which only happens after damage.</summary>
    public static BufferedReading? TryRead(Statement row, Texts texts)
    {
        if (texts.Devices.Get(row.Int64(2)) is not { } device
            || texts.Patients.Get(row.Int64(3)) is not { } patient
            || texts.Contexts.Get(row.Int64(7)) is not { } context
            || row.Blob(1).Length != RecordIdentity.LengthBytes
            || UuidColumn.TryRead(row, 4) is not { } service
            || UuidColumn.TryRead(row, 5) is not { } characteristic)
        {
            return null;
        }

        return new BufferedReading(row.Int64(0), new AcquiredReading
        {
            Identity = RecordIdentity.Read(row.Blob(1)),
            Device = device,
            Patient = patient,
            Service = service,
            Characteristic = characteristic,
            Octets = row.Blob(6).ToArray(),
            Context = IsEntryOfBefore(device) ? context with { IsEnteredByHand = true } : context,
            ReceivedAt = ReadTime(row, 8),
            Effective = new EffectiveTime(ReadTime(row, 10), (StampUse)row.Int64(13)),
            Stamp = row.IsNull(12) ? null : PackedStamp.Unpack(row.Int64(12)),
            ClockCheck = row.IsNull(14)
                ? null
                : new ClockCheck(ReadTime(row, 14), row.IsNull(16) ? null : PackedStamp.Unpack(row.Int64(16))),
            Measurement = row.Blob(17) is { Length: RecordIdentity.LengthBytes } measurement ? RecordIdentity.Read(measurement) : null,
            MeasurementCode = (uint)row.Int64(18),
            IdentifierTaken = row.Int64(19) != 0,
            IsTakenBack = row.Int64(20) != 0,
        });
    }

    /// <summary>
    /// Whether a reading was entered by hand by a program that noted this by the device alone. The whole of it is looked at: an address of zeros could be told
    /// by a faulty device too.
    /// </summary>
    private static bool IsEntryOfBefore(DeviceDescriptor device) => device == ManualEntryDevice.Descriptor;

    /// <summary>Reads a row that must be whole.</summary>
    /// <exception cref="BufferException">It is not.</exception>
    public static BufferedReading Read(Statement row, Texts texts, string path) =>
        TryRead(row, texts) ?? throw new BufferException(
            BufferFault.Damaged, $"The buffer {path} is damaged: a reading lacks its device, patient, context or characteristic. It is set aside at the next start.");

    /// <summary>Binds a time to two parameters: UTC ticks, and offset in minutes.</summary>
    public static void BindTime(Statement statement, int parameter, DateTimeOffset time) =>
        statement.Bind(parameter, time.UtcTicks).Bind(parameter + 1, time.TotalOffsetMinutes);

    /// <summary>Reads a time from two columns.</summary>
    /// <exception cref="BufferException">The row holds no time.</exception>
    public static DateTimeOffset ReadTime(Statement row, int column)
    {
        long ticks = row.Int64(column);
        long minutes = row.Int64(column + 1);
        const int maxMinutes = 14 * 60;
        TimeSpan offset = TimeSpan.FromMinutes(minutes);
        return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks && Math.Abs(minutes) <= maxMinutes
            && ticks + offset.Ticks >= 0 && ticks + offset.Ticks <= DateTime.MaxValue.Ticks
            ? new DateTimeOffset(ticks + offset.Ticks, offset)
            : throw new BufferException(BufferFault.Damaged, "The buffer is damaged: a reading has no valid time. It is set aside at the next start.");
    }
}
