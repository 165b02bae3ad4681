using System.Text;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.DeviceInformationService;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>
/// Makes a capture tell of nobody: all times are moved by the same number of days, in the octets too, and address, system id, serial number, patient and name of
/// the connection are replaced, the same by the same. What it decodes to stays as it was but for these. A value of which that is not certain is left out.
/// Pure: the same capture and shift give the same result.
/// </summary>
public static class CaptureAnonymiser
{
    private const byte NumberOfRecordsAnswer = 5, ResponseCode = 6, UserFacingTime = 2;
    private const int FilterTypeOffset = 2;

    /// <summary>Anonymises a whole capture.</summary>
    public static AnonymisedCapture Anonymise(IReadOnlyList<DevicePayload> capture, DateShift shift)
    {
        var identities = new CaptureIdentities();
        foreach (DevicePayload payload in capture)
        {
            identities.Note(payload);
        }

        Dictionary<(string?, string, string), SessionContext> contexts = [];
        List<DevicePayload> kept = [];
        Dictionary<(BluetoothUuid, LeftOutReason), int> leftOut = [];
        foreach (DevicePayload payload in capture)
        {
            (string?, string, string) connection = (payload.Session, payload.Device.Address, payload.Patient.Key);
            SessionContext context = payload.Session is null ? SessionContext.Empty : contexts.GetValueOrDefault(connection, SessionContext.Empty);
            DecodeResult told = ProfileRegistry.Decode(payload.Payload.Characteristic, payload.Payload.Octets.Span, context);
            if (payload.IsDecoded && told.Context is { } changed)
            {
                contexts[connection] = changed;
            }

            byte[] octets = payload.Payload.Octets.ToArray();
            if ((Change(payload.Payload.Characteristic, octets, told, context, identities, shift, out byte[] changedOctets)
                ?? Move(payload, changedOctets, identities, shift, kept)) is { } reason)
            {
                (BluetoothUuid, LeftOutReason) key = (payload.Payload.Characteristic, reason);
                leftOut[key] = leftOut.GetValueOrDefault(key) + 1;
            }
        }

        return new AnonymisedCapture(kept, [.. leftOut.Select(entry => new LeftOut(entry.Key.Item1, entry.Key.Item2, entry.Value))]);
    }

    /// <summary>Takes dates and identities out of the octets; why that can't be done, or null.</summary>
    private static LeftOutReason? Change(
        BluetoothUuid characteristic, byte[] octets, in DecodeResult told, SessionContext context, CaptureIdentities identities, DateShift shift, out byte[] changed)
    {
        changed = octets;
        if (characteristic == RecordAccessControlPoint.Uuid)
        {
            return TellsNoDate(octets) ? null : LeftOutReason.NotUnderstood;
        }

        if (StampPlaces.Find(characteristic) is not { } move)
        {
            return LeftOutReason.NotKnown;
        }

        // A filler is laid out like any record. Of a vendor's frames only those are certain that readings come from.
        bool isUnderstood = told.Error is null or { Code: DecodeErrorCode.FillerRecord };
        if (!isUnderstood || (characteristic.Short is null && told.Readings.Length == 0))
        {
            return LeftOutReason.NotUnderstood;
        }

        changed = characteristic.Short switch
        {
            DeviceInformationProfile.SerialUuid => Encoding.UTF8.GetBytes(identities.OfSerial(told.Device?.Serial) ?? ""),
            DeviceInformationProfile.SystemIdUuid when told.Device?.SystemId is { } id => Reversed(identities.OfSystemId(id)!),
            _ => octets,
        };

        // Only what tells of the device has room for texts; in a measurement the same octets are chance.
        return !move(changed, shift, context) ? LeftOutReason.DateNotMovable
            : told.Device is not null && identities.AreIn(changed) ? LeftOutReason.HoldsIdentity
            : null;
    }

    /// <summary>Adds the payload to what is kept, as somebody else's at another time; why that can't be done, or null.</summary>
    private static LeftOutReason? Move(DevicePayload payload, byte[] octets, CaptureIdentities identities, DateShift shift, List<DevicePayload> kept)
    {
        if (!shift.TryMove(payload.Payload.ReceivedAt, out DateTimeOffset receivedAt) || !TryMove(payload.Clock, shift, out ClockCheck? clock))
        {
            return LeftOutReason.DateNotMovable;
        }

        kept.Add(payload with
        {
            Session = identities.OfSession(payload.Session),
            Patient = identities.Of(payload.Patient),
            Device = Of(payload.Device, identities),
            Clock = clock,
            Payload = payload.Payload with { Octets = octets, ReceivedAt = receivedAt },
            PairedAt = payload.PairedAt is { } paired && shift.TryMove(paired, out DateTimeOffset moved) ? moved : null,
        });
        return null;
    }

    private static bool TryMove(ClockCheck? check, DateShift shift, out ClockCheck? moved)
    {
        moved = null;
        if (check is null)
        {
            return true;
        }

        PhdTimestamp shown = default;
        if (!shift.TryMove(check.ReadAt, out DateTimeOffset readAt) || (check.DeviceTime is { } time && !shift.TryMove(time, out shown)))
        {
            return false;
        }

        moved = new ClockCheck(readAt, check.DeviceTime is null ? null : shown);
        return true;
    }

    private static DeviceDescriptor Of(DeviceDescriptor device, CaptureIdentities identities) => device with
    {
        Address = identities.OfAddress(device.Address, device.AddressType),
        Information = device.Information with
        {
            SystemId = identities.OfSystemId(device.Information.SystemId),
            Serial = identities.OfSerial(device.Information.Serial),
            Manufacturer = Unless(device.Information.Manufacturer, identities),
            Model = Unless(device.Information.Model, identities),
            Firmware = Unless(device.Information.Firmware, identities),
            Hardware = Unless(device.Information.Hardware, identities),
            Software = Unless(device.Information.Software, identities),
        },
    };

    private static string? Unless(string? text, CaptureIdentities identities) => identities.AreIn(text) ? null : text;

    /// <summary>An answer, or a request without a filter or with another one than the time that the user sees (Glucose Service 1.0.1, 3.4).</summary>
    private static bool TellsNoDate(byte[] octets) =>
        octets is [NumberOfRecordsAnswer or ResponseCode, _, _, _] || octets is { Length: > 0 and <= FilterTypeOffset }
        || (octets is { Length: > FilterTypeOffset } and not [NumberOfRecordsAnswer or ResponseCode, ..] && octets[FilterTypeOffset] != UserFacingTime);

    private static byte[] Reversed(string eui64)
    {
        byte[] octets = Convert.FromHexString(eui64);
        Array.Reverse(octets);
        return octets;
    }
}
