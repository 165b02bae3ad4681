using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using Xunit;

namespace HomeHub.Testing.Time;

/// <summary>
/// A case of the rules of time (docs/phd-fhir-rules.md, 9 and 10): what a device told in a connection, through the session, to its last reading. It is a list of
/// steps, each with the time of its reception after an <c>@</c> where that is another than before: <c>clock STAMP</c> (2A2B), <c>date STAMP</c> (2A08),
/// <c>bp STAMP</c>, <c>temp STAMP</c>, <c>glucose NUMBER STAMP [OFFSET] [fault]</c>, <c>exercise NUMBER SECONDS</c> (a context of it), <c>spo2 STAMP [unset]</c>, <c>start STAMP ZONE DST</c> (2AAA),
/// <c>cgm MINUTES</c>, <c>step SECONDS</c> (the hub's clock was set), <c>paired TIME</c>. A stamp may be <c>none</c>.
/// </summary>
public sealed class ClockCase
{
    private readonly HubZone _zone;
    private DateTimeOffset _receivedAt;
    private TimeSpan _monotonic = TimeSpan.FromHours(1);
    private DateTimeOffset? _pairedAt;
    private AcquisitionSession? _session;
    private AcquiredReading? _last;

    private ClockCase(string zone) => _zone = zone == "-" ? HubZone.OfReception : new HubZone(TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>The rows of a table of cases: a line each, four cells parted by bars.</summary>
    public static TheoryData<string, string, string, string> Rows(string table)
    {
        var rows = new TheoryData<string, string, string, string>();
        foreach (string[] cells in table.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            rows.Add(cells[0], cells[1], cells[2], cells[3]);
        }

        return rows;
    }

    /// <summary>Plays it; the last reading that came of it.</summary>
    /// <param name="zone">The home's time zone; <c>-</c>: that of the receptions, as in a capture.</param>
    /// <param name="steps">What the device told.</param>
    public static AcquiredReading Play(string zone, string steps)
    {
        var played = new ClockCase(zone);
        foreach (string step in steps.Split(';', StringSplitOptions.TrimEntries))
        {
            string[] parts = step.Split('@', StringSplitOptions.TrimEntries);
            if (parts.Length > 1)
            {
                played.At(DateTimeOffset.Parse(parts[1], CultureInfo.InvariantCulture));
            }

            played.Take(parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        return played._last!;
    }

    private void At(DateTimeOffset time)
    {
        _monotonic += _receivedAt == default ? TimeSpan.Zero : time - _receivedAt;
        _receivedAt = time;
    }

    private void Take(string[] words)
    {
        switch (words[0])
        {
            case "paired":
                _pairedAt = DateTimeOffset.Parse(words[1], CultureInfo.InvariantCulture);
                return;
            case "step":
                _receivedAt += TimeSpan.FromSeconds(int.Parse(words[1], CultureInfo.InvariantCulture));
                return;
        }

        (ushort service, ushort characteristic, byte[] octets) = ClockOctets.Of(words);
        _session ??= new AcquisitionSession(SampleReadings.Patient, new DeviceDescriptor { Address = "CC:BB:AA:11:22:33" }, _zone, _pairedAt);
        SessionOutcome outcome = _session.Accept(new IncomingPayload(service, characteristic, octets, _receivedAt) { Monotonic = _monotonic });
        Assert.Null(outcome.Rejected);
        _last = outcome.Readings is [_, ..] ? outcome.Readings[0] : _last;
    }
}
