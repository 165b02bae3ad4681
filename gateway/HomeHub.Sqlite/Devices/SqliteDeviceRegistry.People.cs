using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;

namespace HomeHub.Sqlite;

/// <summary>The people who use the devices.</summary>
public sealed partial class SqliteDeviceRegistry
{
    /// <summary><c>user_index</c> of a device's one owner.</summary>
    private const int WholeDevice = -1;

    private const string Upsert = """
        INSERT INTO assignment (address, user_index, patient, assigned_at, consent_code) VALUES (?1, ?2, ?3, ?4, ?5)
        ON CONFLICT (address, user_index) DO UPDATE SET patient = ?3, assigned_at = ?4, consent_code = ?5 WHERE patient <> ?3
        """;

    /// <inheritdoc/>
    public Task<bool> AssignAsync(string address, byte? userIndex, PatientReference patient, DateTimeOffset at, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(userIndex ?? 0, UserSlot.UnknownUser);
        return _file.RunAsync(
            () =>
            {
                _connection.Execute("BEGIN IMMEDIATE");
                using Statement find = _connection.Prepare("SELECT 1 FROM device WHERE address = ?1").Bind(1, address);
                bool isThere = find.Number() is not null;
                if (isThere)
                {
                    using Statement others = _connection.Prepare("DELETE FROM assignment WHERE address = ?1 AND (user_index = -1) <> (?2 = -1)");
                    others.Bind(1, address).Bind(2, userIndex ?? WholeDevice).Run();
                    using Statement assign = _connection.Prepare(Upsert);
                    assign.Bind(1, address).Bind(2, userIndex ?? WholeDevice).Bind(3, patient.Key).Bind(4, at.ToUnixTimeMilliseconds())
                        .Bind(5, (long?)null).Run();
                }

                _connection.Execute("COMMIT");
                return isThere;
            },
            cancellation);
    }

    /// <inheritdoc/>
    public Task<bool> UnassignAsync(string address, byte? userIndex, CancellationToken cancellation) => _file.RunAsync(
        () =>
        {
            using Statement remove = _connection.Prepare("DELETE FROM assignment WHERE address = ?1 AND user_index = ?2");
            return remove.Bind(1, address).Bind(2, userIndex ?? WholeDevice).Run() > 0;
        },
        cancellation);

    /// <summary>Within a transaction: the device's people are those of <paramref name="device"/>.</summary>
    private void SavePeople(RegisteredDevice device)
    {
        using Statement clear = _connection.Prepare("DELETE FROM assignment WHERE address = ?1").Bind(1, device.Address);
        clear.Run();
        using Statement assign = _connection.Prepare(Upsert);
        if (device.Patient is { } owner)
        {
            DateTimeOffset since = device.AssignedAt ?? device.PairedAt;
            assign.Bind(1, device.Address).Bind(2, WholeDevice).Bind(3, owner.Key).Bind(4, since.ToUnixTimeMilliseconds()).Bind(5, (long?)null).Run();
        }

        foreach (UserSlot slot in device.Slots)
        {
            assign.Bind(1, device.Address).Bind(2, slot.UserIndex).Bind(3, slot.Patient.Key).Bind(4, slot.AssignedAt.ToUnixTimeMilliseconds())
                .Bind(5, (long?)slot.ConsentCode).Run();
        }
    }

    private RegisteredDevice WithPeople(RegisteredDevice device)
    {
        var slots = new List<UserSlot>();
        using Statement select = _connection.Prepare("SELECT user_index, patient, assigned_at, consent_code FROM assignment WHERE address = ?1");
        select.Bind(1, device.Address);
        while (select.Step())
        {
            PatientReference patient = PatientReference.TryParse(select.Text(1), out PatientReference? read)
                ? read!
                : throw new BufferException(BufferFault.Damaged, $"{FileName} holds a device of somebody who has no reference.");
            DateTimeOffset at = DateTimeOffset.FromUnixTimeMilliseconds(select.Int64(2));
            if (select.Int32(0) == WholeDevice)
            {
                device = device with { Patient = patient, AssignedAt = at == device.PairedAt ? null : at };
            }
            else
            {
                slots.Add(new UserSlot((byte)select.Int32(0), patient, at) { ConsentCode = select.IsNull(3) ? null : (ushort)select.Int32(3) });
            }
        }

        return device with { Slots = UserSlots.Of(slots) };
    }
}
