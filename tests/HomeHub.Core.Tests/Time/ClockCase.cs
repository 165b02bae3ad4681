using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Identity;
using HomeHub.Core.Time;
using HomeHub.Testing;

namespace HomeHub.Core.Tests.Time;

/// <summary>
/// One line of <see cref="ClockTableTests"/>: <c>rule | zone | what the device told | what comes of the last measurement</c>. What was told is a list of
/// steps, each with the time of its reception after an <c>@</c> where that is another than before: <c>clock STAMP</c> (2A2B), <c>date STAMP</c> (2A08),
/// <c>bp STAMP</c>, <c>temp STAMP</c>, <c>glucose NUMBER STAMP [OFFSET] [fault]</c>, <c>spo2 STAMP [unset]</c>, <c>start STAMP ZONE DST</c> (2AAA),
/// <c>cgm MINUTES</c>, <c>step SECONDS</c> (the hub's clock was set), <c>paired TIME</c>. A stamp may be <c>none</c>.
/// </summary>
internal sealed class ClockCase
{
    private readonly HubZone _zone;
    private DateTimeOffset _receivedAt;
    private TimeSpan _monotonic = TimeSpan.FromHours(1);
    private DateTimeOffset? _pairedAt;
    private AcquisitionSession? _session;
    private AcquiredReading? _last;

    private ClockCase(string zone) => _zone = zone == "-" ? HubZone.OfReception : new HubZone(TimeZoneInfo.FindSystemTimeZoneById(zone));

    /// <summary>Plays a line; what came of it, in the words of the table.</summary>
    public static string Play(string zone, string steps)
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

        return Tell(played._last!);
    }

    private static string Tell(AcquiredReading reading)
    {
        string use = reading.Effective.Use switch
        {
            StampUse.Mapped => "mapped", StampUse.AsReported => "reported", StampUse.NotUsable => "unusable", _ => "reception",
        };
        string check = reading.ClockCheck is not { } found ? "no check" : found.IsFault ? "fault" : "check";
        return $"{use} {reading.Effective.Instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture)} {check}";
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
