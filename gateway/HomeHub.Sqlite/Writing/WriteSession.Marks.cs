using System.Globalization;
using Microsoft.Extensions.Logging;

namespace HomeHub.Sqlite;

/// <summary>What is known of records that have left, when it becomes too much for the size limit.</summary>
internal sealed partial class WriteSession
{
    /// <summary>
    /// Marks of a device that are never dropped: those of the records that came last. The largest memory of a meter that is known holds half as many, so what it
    /// can tell again stays known.
    /// </summary>
    public const int MinMarksOfDevice = 2_000;

    /// <summary>Bytes that a known record takes once its reading is gone: its mark, and the identifiers that were given out (measured: 80).</summary>
    private const int KnownRecordBytes = 100;

    /// <summary>A mark whose reading has left.</summary>
    private const string IsBare = "NOT EXISTS (SELECT 1 FROM reading WHERE reading.id = seen.reading)";

    private long _marksThatStay = -1;

    /// <summary>
    /// The last resort, when the marks of records that left long ago fill a quarter of the limit: of the device that has most, the older half goes, so that a
    /// device that tells very much never takes from one that tells little. Without it a hub would refuse every reading for ever after some millions.
    /// </summary>
    /// <returns>True when something was dropped.</returns>
    private bool DropMarks()
    {
        long known = _counters.Get(Counters.Identities), bare = known - _counters.Get(Counters.Held);
        if (bare * KnownRecordBytes < DataLimitBytes / 4 || known == _marksThatStay)
        {
            return false;
        }

        MergeRecent();
        (string group, long count) = FindLargest();
        long drop = Math.Min(count / 2, count - MinMarksOfDevice);
        if (drop <= 0)
        {
            // Looked at again once something changed: it reads the whole table.
            _marksThatStay = known;
            return false;
        }

        long upTo = _connection.Scalar(string.Create(
            CultureInfo.InvariantCulture, $"SELECT reading FROM seen WHERE {group} AND {IsBare} ORDER BY reading LIMIT 1 OFFSET {drop - 1}"));
        using Statement marks = _connection.Prepare($"DELETE FROM seen WHERE {group} AND {IsBare} AND reading <= ?1");
        int dropped = marks.Bind(1, upTo).Run();
        using Statement identifiers = _connection.Prepare(
            """
            DELETE FROM identifier WHERE reading <= ?1 AND reading NOT IN (SELECT reading FROM seen)
              AND NOT EXISTS (SELECT 1 FROM reading WHERE reading.id = identifier.reading)
            """);
        identifiers.Bind(1, upTo).Run();
        _counters.Add(Counters.Identities, -dropped);
        _counters.Add(Counters.NoLongerKnown, dropped);
        WhenDone(() => _logger.LogWarning(
            "The buffer's size limit of {LimitMiB} MiB is reached by what is known of records that have left: the {Dropped} oldest of one device are no longer known. Raise the limit.",
            _options.MaxSizeMiB,
            dropped));
        return dropped > 0;
    }

    /// <summary>
    /// The device with most bare marks, as a condition on the table, and how many it has. A device has one row for each state that it was seen in; of marks of
    /// before version 4 no device is known.
    /// </summary>
    private (string Group, long Count) FindLargest()
    {
        var devices = new Dictionary<string, (List<string> Ids, long Count)>(StringComparer.Ordinal);
        using Statement select = _connection.Prepare($"SELECT device, count(*) FROM seen WHERE {IsBare} GROUP BY device");
        while (select.Step())
        {
            string address = select.IsNull(0) ? "" : _texts.Devices.Get(select.Int64(0))?.Address ?? "";
            (List<string> ids, long count) = devices.TryGetValue(address, out var known) ? known : ([], 0);
            ids.Add(select.IsNull(0) ? "device IS NULL" : string.Create(CultureInfo.InvariantCulture, $"device = {select.Int64(0)}"));
            devices[address] = (ids, count + select.Int64(1));
        }

        (List<string> conditions, long most) = devices.Count > 0 ? devices.Values.MaxBy(device => device.Count) : ([], 0);
        return ($"({string.Join(" OR ", conditions)})", most);
    }
}
