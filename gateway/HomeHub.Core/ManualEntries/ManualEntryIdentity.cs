using System.Globalization;
using System.Text;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.ManualEntries;

/// <summary>
/// What makes an entry the same entry: person, kind, values with their unit, and the minute that it was measured in. Who enters it a second time, because no
/// answer came the first time or because a colleague did it already, means the same reading (docs/decisions/0034).
/// </summary>
internal static class ManualEntryIdentity
{
    /// <summary>The identity. 81.4 and 81.40 are one value, and 08:00+01:00 and 07:00Z one time.</summary>
    public static RecordIdentity Of(ManualEntry entry, BluetoothUuid characteristic)
    {
        DateTimeOffset minute = entry.At.AddTicks(-(entry.At.UtcTicks % TimeSpan.TicksPerMinute));
        string said = string.Join('\n', Text(entry.Value), Text(entry.Systolic), Text(entry.Diastolic), Text(entry.Pulse), entry.Unit, entry.IsAgain ? "again" : "");
        return RecordIdentity.Of(ManualEntryDevice.Address, characteristic, null, null, minute, Encoding.UTF8.GetBytes(said)).For(entry.Patient);
    }

    /// <summary>A number without the zeros at its end, of which decimals have up to 28.</summary>
    private static string Text(decimal? number) => number?.ToString("0.############################", CultureInfo.InvariantCulture) ?? "";
}
