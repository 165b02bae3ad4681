using System.Text.Json;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>Payloads to rows of <c>held.db</c> and back.</summary>
internal static class HeldRows
{
    /// <summary>The JSON of a payload, without its time of reception, which has columns of its own.</summary>
    public static byte[] Write(DevicePayload payload) => JsonSerializer.SerializeToUtf8Bytes(
        new HeldRow
        {
            Session = payload.Session,
            Patient = Key(payload.Patient),
            Address = payload.Device.Address,
            AddressType = (int)payload.Device.AddressType,
            Services = [.. payload.Device.Services.Select(service => service.ToString())],
            HasWritableClock = payload.Device.HasWritableClock,
            Service = payload.Payload.Service.ToString(),
            Characteristic = payload.Payload.Characteristic.ToString(),
            Octets = payload.Payload.Octets.ToArray(),
            IsMinute = payload.Payload.IsMinute,
            IsToldAgain = payload.Payload.IsToldAgain,
            MonotonicTicks = payload.Payload.Monotonic?.Ticks,
            PairedAt = payload.PairedAt,
            IsRequested = payload.IsRequested,
            Users = payload.Users is { } users
                ? new HeldRow.HeldUsers(
                    users.Owner?.Key,
                    users.OwnerSince,
                    [.. users.Slots.Select(slot => new HeldRow.HeldSlot(slot.UserIndex, slot.Patient.Key, slot.AssignedAt))],
                    users.ToldAllAt)
                : null,
        },
        HeldRowJson.Default.HeldRow);

    /// <summary>The payload.</summary>
    /// <exception cref="BufferException">The row is damaged.</exception>
    public static DevicePayload Read(ReadOnlySpan<byte> json, DateTimeOffset receivedAt, string path)
    {
        try
        {
            HeldRow row = JsonSerializer.Deserialize(json, HeldRowJson.Default.HeldRow)!;
            var device = new DeviceDescriptor
            {
                Address = row.Address,
                AddressType = (AddressType)row.AddressType,
                Services = [.. row.Services.Select(Uuid)],
                HasWritableClock = row.HasWritableClock,
            };
            var incoming = new IncomingPayload(Uuid(row.Service), Uuid(row.Characteristic), row.Octets, receivedAt)
            {
                IsMinute = row.IsMinute,
                IsToldAgain = row.IsToldAgain,
                Monotonic = row.MonotonicTicks is { } ticks ? TimeSpan.FromTicks(ticks) : null,
            };
            return new DevicePayload(row.Session, Person(row.Patient) ?? PatientReference.Nobody, device, null, incoming)
            {
                PairedAt = row.PairedAt,
                IsRequested = row.IsRequested,
                Users = row.Users is { } users
                    ? new DeviceUsers(
                        Person(users.Owner),
                        users.OwnerSince,
                        UserSlots.Of(users.Slots.Select(slot => new UserSlot(slot.Index, Person(slot.Patient) ?? throw new FormatException(), slot.AssignedAt))),
                        users.ToldAllAt)
                    : null,
            };
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException or NullReferenceException)
        {
            throw new BufferException(BufferFault.Damaged, $"{path} holds a payload that can't be read.", error);
        }
    }

    private static string? Key(PatientReference patient) => patient.IsNobody ? null : patient.Key;

    private static PatientReference? Person(string? key) =>
        key is null ? null : PatientReference.TryParse(key, out PatientReference? person) ? person : throw new FormatException("No person.");

    private static BluetoothUuid Uuid(string text) => BluetoothUuid.TryParse(text, out BluetoothUuid uuid) ? uuid : throw new FormatException("No UUID.");
}
