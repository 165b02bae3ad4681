using System.Buffers;
using System.Security.Cryptography;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Capture.Anonymising;
using HomeHub.Core.Capture.Recording;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Commands;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Capture;

/// <summary>
/// Writes recorded values as capture lines. Raw ones at once, as the device may have forgotten them; anonymised ones at the end, as a device tells its serial number
/// whenever it likes. Says on standard error which characteristics tell something, and no value. Not safe for several threads.
/// </summary>
internal sealed class CaptureFile(CommandIo io, RegisteredDevice device, bool isRaw, int? shiftDays)
{
    /// <summary>Most values of a capture; a strap takes a day to tell as many.</summary>
    public const int MaxValues = 100_000;

    private readonly List<DevicePayload> _waiting = [];
    private readonly HashSet<(BluetoothUuid, CaptureOperation)> _named = [];
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly DeviceDescriptor _descriptor = new() { Address = device.Address, AddressType = device.AddressType };

    /// <summary>Values that were taken.</summary>
    public int Count { get; private set; }

    /// <summary>Stands in a capture where the device's people have slots, and no value is surely one person's.</summary>
    private static readonly PatientReference Unassigned = new("Patient/unassigned");

    /// <summary>Takes a value; false when no more fit.</summary>
    public bool Take(RecordedValue value)
    {
        if (Count >= MaxValues)
        {
            return false;
        }

        Count++;
        var payload = new DevicePayload(
            DeviceRecording.SessionName,
            device.Patient ?? Unassigned,
            _descriptor,
            null,
            new IncomingPayload(value.Characteristic.Service, value.Characteristic.Uuid, value.Octets, value.At)) { Operation = value.Operation };
        if (_named.Add((value.Characteristic.Uuid, value.Operation)))
        {
            string name = ProfileRegistry.FindDecoder(value.Characteristic.Uuid)?.Name ?? "";
            io.Error.WriteLine($"{value.Characteristic.Uuid} {name}".TrimEnd() + $": {value.Operation.ToString().ToLowerInvariant()}");
        }

        if (isRaw)
        {
            Write(payload);
            io.Out.Flush();
        }
        else
        {
            _waiting.Add(payload);
        }

        return true;
    }

    /// <summary>Writes what waits, and says what is in the file and what is not.</summary>
    public async Task CompleteAsync()
    {
        int written = Count;
        if (!isRaw)
        {
            AnonymisedCapture anonymised = CaptureAnonymiser.Anonymise(_waiting, new DateShift(shiftDays ?? RandomNumberGenerator.GetInt32(DateShift.MinDays, DateShift.MaxDays + 1)));
            foreach (DevicePayload payload in anonymised.Payloads)
            {
                Write(payload);
            }

            foreach (LeftOut left in anonymised.LeftOut)
            {
                await io.Error.WriteLineAsync($"{left.Characteristic}: {left.Count} left out, {Words(left.Reason)}. --raw keeps it.").ConfigureAwait(false);
            }

            written = anonymised.Payloads.Count;
        }

        await io.Out.FlushAsync().ConfigureAwait(false);
        await io.Error.WriteLineAsync($"{written} values{(isRaw ? ", as they came: this file tells of a person" : ", anonymised")}.").ConfigureAwait(false);
    }

    private static string Words(LeftOutReason reason) => reason switch
    {
        LeftOutReason.NotKnown => "as no profile knows what it tells",
        LeftOutReason.NotUnderstood => "as it is not understood and a date may be in it",
        LeftOutReason.DateNotMovable => "as a date in it can't be moved",
        LeftOutReason.HoldsIdentity => "as it holds an address, a system id or a serial number",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };

    private void Write(DevicePayload payload)
    {
        _line.ResetWrittenCount();
        CaptureLineWriter.Write(payload, _line);
        io.Out.Write(_line.WrittenSpan);
    }
}
