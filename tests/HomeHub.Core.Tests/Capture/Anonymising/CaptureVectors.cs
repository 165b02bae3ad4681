using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Profiles;
using HomeHub.Profiles.ElapsedTime;
using HomeHub.Profiles.Glucose;
using HomeHub.Profiles.OmronMemory;

namespace HomeHub.Core.Tests.Capture.Anonymising;

/// <summary>Captures put together from the vectors of all profiles.</summary>
internal static class CaptureVectors
{
    public const string Serial = "A7Q-0042-XZ", SystemId = "00A0C9FFFE14C829";

    public static readonly string[] Addresses = ["C8:4B:D6:11:22:33", "48:70:1E:AB:CD:EF", "7A:10:20:30:40:50"];

    public static readonly PatientReference[] Patients = [new("Patient/maria-berg-1947"), new("19470312-1234", "urn:oid:1.2.752.129.2.1.3.1")];

    private static readonly DateTimeOffset Start = new(2024, 7, 30, 22, 15, 7, 123, TimeSpan.FromHours(2));

    /// <summary>Characteristic and octets of every vector, those that must be rejected included.</summary>
    public static IReadOnlyList<(BluetoothUuid Uuid, byte[] Octets)> All { get; } = [.. Rows("gatt-vectors.tsv").Concat(Rows("spec-vectors.tsv")).Distinct()];

    /// <summary>A capture of some connections with devices that tell who they are and then a hundred vectors.</summary>
    public static DevicePayload[] Capture(int seed)
    {
        var random = new Random(seed);
        List<DevicePayload> capture = [];
        DateTimeOffset now = Start.AddDays(random.Next(700));
        for (int connection = 0; connection < 4; connection++)
        {
            string? session = connection == 0 ? null : $"4fe2a1-{connection}";
            AddressType type = random.Next(2) == 0 ? AddressType.Public : AddressType.Random;
            var device = new DeviceDescriptor
            {
                Address = Addresses[random.Next(Addresses.Length)],
                AddressType = type,
                Information = new DeviceInformation { Serial = Maybe(Serial), SystemId = Maybe(SystemId), Model = "BP-1 " + Maybe(Serial), Manufacturer = "Maker" },
            };
            PatientReference patient = Patients[random.Next(Patients.Length)];
            Add(0x2A25, System.Text.Encoding.UTF8.GetBytes(Serial));
            Add(0x2A23, [.. Convert.FromHexString(SystemId).Reverse()]);
            Add(0x2A24, System.Text.Encoding.UTF8.GetBytes(OmronMemoryMap.All[random.Next(OmronMemoryMap.All.Count)].Model));
            Add(0x2A26, System.Text.Encoding.UTF8.GetBytes("fw " + device.Address.Replace(":", "", StringComparison.Ordinal)));
            for (int i = 0; i < 100; i++)
            {
                (BluetoothUuid uuid, byte[] octets) = All[random.Next(All.Count)];
                Add(uuid, octets);
            }

            void Add(BluetoothUuid uuid, byte[] octets)
            {
                now = now.AddMilliseconds(random.Next(1, 90_000));
                PhdTimestamp? shown = StampIn(uuid, octets) ?? PhdTimestamp.FromLocal(now.DateTime.AddSeconds(random.Next(-500, 500)));
                ClockCheck? clock = random.Next(8) switch
                {
                    0 => new ClockCheck(now, shown),
                    1 => new ClockCheck(now, null),
                    _ => null,
                };
                capture.Add(new DevicePayload(session, patient, clock is null ? device : device with { HasReadableClock = true }, clock, new IncomingPayload(0x1810, uuid, octets, now))
                {
                    Operation = random.Next(2) == 0 ? CaptureOperation.Notified : CaptureOperation.None,
                });
            }

            string? Maybe(string text) => random.Next(2) == 0 ? text : null;
        }

        return [.. capture];
    }

    /// <summary>The dates that stand in a value, as far as its decoder tells them.</summary>
    public static IEnumerable<PhdTimestamp> DatesIn(BluetoothUuid uuid, byte[] octets)
    {
        DecodeResult told = ProfileRegistry.Decode(uuid, octets, SessionContext.Empty);
        PhdTimestamp?[] dates = uuid == GlucoseProfile.MeasurementUuid && GlucoseMeasurement.TryDecode(octets, out GlucoseMeasurement glucose, out _)
            ? [glucose.BaseTime]
            : [told.Clock, told.Context?.CgmSessionStart, .. told.Readings.Select(reading => reading.Timestamp)];
        return dates.OfType<PhdTimestamp>().Where(date => !date.IsUnknown);
    }

    /// <summary>Whether a clock that counts from 2000 shows a day so near to it that so many days before can't be told.</summary>
    public static bool IsTooEarly(BluetoothUuid uuid, byte[] octets, int days) =>
        uuid == ElapsedTimeProfile.CurrentElapsedTimeUuid && CurrentElapsedTime.TryDecode(octets, out CurrentElapsedTime time, out _)
        && !time.IsTickCounter && time.TimeValue / (uint)time.UnitsPerSecond < (ulong)days * 86_400;

    private static PhdTimestamp? StampIn(BluetoothUuid uuid, byte[] octets) =>
        DatesIn(uuid, octets).FirstOrDefault() is { IsUnknown: false } stamp && stamp.TryGetLocal(out _) ? stamp : null;

    private static IEnumerable<(BluetoothUuid, byte[])> Rows(string name)
    {
        using Stream stream = typeof(CaptureVectors).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        foreach (string[] cells in reader.ReadToEnd().Split('\n').Where(line => line.Length > 0 && line[0] != '#').Skip(1).Select(line => line.Split('\t')))
        {
            string uuid = cells[2].StartsWith("ADV-", StringComparison.Ordinal) ? cells[2][4..] : cells[2];
            if (BluetoothUuid.TryParse(uuid, out BluetoothUuid characteristic))
            {
                yield return (characteristic, Convert.FromHexString(cells[3]));
            }
        }
    }
}
