using System.Globalization;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles;

namespace HomeHub.Gateway.Demo;

/// <summary>What the demonstration knows of each reading, from the hub's feed. Safe for several threads.</summary>
internal sealed class DemoBoard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DemoReading> _readings = [];
    private readonly List<DemoReading> _order = [];
    private int _sourcesEnded, _quarantined;

    /// <summary>Raised for each step, with the reading as it stands; for plain lines.</summary>
    public event Action<DemoReading, string>? Stepped;

    /// <summary>Sources that have given all they had.</summary>
    public int SourcesEnded => Volatile.Read(ref _sourcesEnded);

    /// <summary>What is shown of the network and of the demonstration's own doing.</summary>
    public string News { get; set; } = "";

    /// <summary>Takes a line of the feed.</summary>
    public void OnLine(string line)
    {
        if (!DemoStep.TryParse(line, out DemoStep step))
        {
            return;
        }

        if (step.Step == ReadingFeed.SourceEnded)
        {
            Interlocked.Increment(ref _sourcesEnded);
            return;
        }

        DemoReading reading;
        lock (_lock)
        {
            string key = step.Step == "quarantined" ? $"q{_quarantined++}" : step.Record;
            if (!_readings.TryGetValue(key, out DemoReading? known))
            {
                known = new DemoReading(_order.Count + 1, NameOf(step.Characteristic), step.Model);
                _readings[key] = known;
                _order.Add(known);
            }

            known.Take(step.Step);
            reading = known;
        }

        Stepped?.Invoke(reading, step.Step);
    }

    /// <summary>The readings that moved last, at most <paramref name="count"/>, oldest first.</summary>
    public IReadOnlyList<DemoReading> Newest(int count)
    {
        lock (_lock)
        {
            return [.. _order.OrderByDescending(reading => reading.Moved).Take(count).Reverse()];
        }
    }

    /// <summary>How many readings are where.</summary>
    public IReadOnlyDictionary<string, int> Count()
    {
        lock (_lock)
        {
            return _order.GroupBy(reading => reading.State).ToDictionary(group => group.Key, group => group.Count());
        }
    }

    private static string NameOf(string characteristic) =>
        BluetoothUuid.TryParse(characteristic, out BluetoothUuid uuid)
        && ProfileRegistry.FindDecoder(uuid) is { } decoder
            ? decoder.Name
            : $"characteristic {characteristic}";
}
