using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Profiles;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>Quarantine, and what recipients know of devices.</summary>
internal sealed partial class WriteSession
{
    private const int IdentityLength = 16;

    private Statement _insertQuarantine = null!;
    private Statement _deleteOldestQuarantined = null!;
    private Statement _setKnown = null!;
    private Statement _forgetKnown = null!;

    private void PrepareQuarantine()
    {
        _insertQuarantine = _connection.Prepare(
            """
            INSERT OR IGNORE INTO quarantine
              (identity, device, patient, service, characteristic, octets, received, received_offset, code, field, position,
               context, boot, uptime, clock_device, clock_uptime)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """);
        _deleteOldestQuarantined = _connection.Prepare($"DELETE FROM quarantine WHERE id = (SELECT min(id) FROM quarantine WHERE {Schema.DroppableOnly})");
        _setKnown = _connection.Prepare(
            "INSERT INTO known_device VALUES (?1, ?2, ?3) ON CONFLICT (recipient, device) DO UPDATE SET hash = excluded.hash");
        _forgetKnown = _connection.Prepare("DELETE FROM known_device WHERE recipient = ?1 AND device = ?2");
    }

    /// <summary>Keeps payloads; gives how many were new.</summary>
    public int Quarantine(IReadOnlyList<RejectedPayload> payloads)
    {
        int added = 0, droppable = 0;
        foreach (RejectedPayload rejected in payloads)
        {
            IncomingPayload payload = rejected.Payload;
            string code = rejected.Error.Code.ToWire();
            _insertQuarantine
                .Bind(1, IdentityOf(rejected).AsSpan(0, IdentityLength))
                .Bind(2, _texts.Devices.Intern(rejected.Device))
                .Bind(3, _texts.Patients.Intern(rejected.Patient))
                .Bind(4, payload.Service)
                .Bind(5, payload.Characteristic)
                .Bind(6, payload.Octets.Span);
            ReadingRow.BindTime(_insertQuarantine, 7, payload.ReceivedAt);
            _insertQuarantine.Bind(9, code).Bind(10, rejected.Error.Field).Bind(11, rejected.Error.Offset)
                .Bind(12, _texts.Contexts.Intern(rejected.Context))
                .Bind(13, rejected.Unplaced?.Taken.BootId)
                .Bind(14, rejected.Unplaced?.Taken.Uptime.Ticks)
                .Bind(15, rejected.Unplaced?.DeviceTime is { } shown ? PackedStamp.Pack(shown) : null)
                .Bind(16, rejected.Unplaced?.DeviceTimeRead?.Ticks);
            if (_insertQuarantine.Run() > 0)
            {
                added++;
                droppable += rejected.Unplaced is null ? 1 : 0;
                _counters.Add($"{Counters.CausePrefix}{code} {payload.Characteristic}", 1);
            }
        }

        _counters.Add(Counters.Quarantined, added);
        _counters.Add(Counters.QuarantineHeld, droppable);
        BoundQuarantine();
        return added;
    }

    private void BoundQuarantine()
    {
        int dropped = 0;
        while (_counters.Get(Counters.QuarantineHeld) > _options.MaxQuarantinedPayloads && _deleteOldestQuarantined.Run() > 0)
        {
            _counters.Add(Counters.QuarantineHeld, -1);
            dropped++;
        }

        if (dropped > 0)
        {
            WhenDone(() => _logger.LogWarning(
                "Quarantine holds {Limit} payloads that were not understood, which is its limit: the {Dropped} oldest were dropped.", _options.MaxQuarantinedPayloads, dropped));
        }
    }

    /// <summary>Notes or forgets what a recipient knows of a device.</summary>
    public bool SetKnownDevice(Recipient recipient, Guid device, string? contentHash)
    {
        Span<byte> key = stackalloc byte[16];
        device.TryWriteBytes(key, bigEndian: true, out _);
        long to = _texts.Recipients.Intern(recipient);
        if (contentHash is null)
        {
            return _forgetKnown.Bind(1, to).Bind(2, key).Run() > 0;
        }

        return _setKnown.Bind(1, to).Bind(2, key).Bind(3, contentHash).Run() > 0;
    }

    /// <summary>
    /// Device, characteristic, octets and time of reception, digested. A record that is told in each connection has no time here: kept once more each time, it would
    /// push out what is told once.
    /// </summary>
    private static byte[] IdentityOf(RejectedPayload rejected)
    {
        IncomingPayload payload = rejected.Payload;
        byte[] address = Encoding.UTF8.GetBytes(rejected.Device.Address);
        var input = new byte[1 + address.Length + RecordIdentity.MaxUuidBytes + sizeof(long) + payload.Octets.Length];
        input[0] = (byte)address.Length;
        int length = 1 + address.Length;
        address.CopyTo(input, 1);
        length += RecordIdentity.WriteUuid(input.AsSpan(length), payload.Characteristic);
        BinaryPrimitives.WriteInt64BigEndian(input.AsSpan(length), payload.IsToldAgain ? 0 : payload.ReceivedAt.UtcTicks);
        length += sizeof(long);
        payload.Octets.Span.CopyTo(input.AsSpan(length));
        return SHA256.HashData(input.AsSpan(0, length + payload.Octets.Length));
    }
}
