using System.Globalization;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Time;
using HomeHub.Testing.Time;

namespace HomeHub.Core.Tests.Time;

/// <summary>
/// The rules of time (docs/phd-fhir-rules.md, 9 and 10), case by case: <c>rule | zone | what the device told (<see cref="ClockCase"/>) | what comes of the last
/// measurement</c>. What FHIR makes of it (9.8, 9.11, 10.1 to 10.4) stands in the table of the same name in HomeHub.Fhir.Tests. Unless a line says otherwise the home is in Madrid, and the hub hears the device on
/// 14 March 2026 at 07:45:05, in winter; the device is 65 s slow where its clock can be read.
/// </summary>
public sealed class ClockTableTests
{
    private const string Table = """
        9.1 reception is the hub's time | Europe/Madrid | bp none @2026-03-14T06:45:05Z | reception 2026-03-14T07:45:05+01:00 no check
        9.1 the offset is the home's, not that of the process | Europe/Stockholm | bp none @2026-07-01T10:00:00Z | reception 2026-07-01T12:00:00+02:00 no check
        9.1 a capture has the offset of its receptions | - | bp none @2026-03-14T07:45:05+05:30 | reception 2026-03-14T07:45:05+05:30 no check
        9.2 no stamp, although the clock can be read | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp none | reception 2026-03-14T07:45:05+01:00 no check
        9.2 no stamp of a thermometer | Europe/Madrid | temp none @2026-03-14T07:45:05+01:00 | reception 2026-03-14T07:45:05+01:00 no check
        9.3 a slow clock | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | mapped 2026-03-14T07:43:15+01:00 check
        9.3 a fast clock | Europe/Madrid | clock 2026-03-14T07:55:05 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:50:00 | mapped 2026-03-14T07:40:00+01:00 check
        9.3 three days slow | Europe/Madrid | clock 2026-03-11T07:45:05 @2026-03-14T07:45:05+01:00; bp 2026-03-11T07:00:00 | mapped 2026-03-14T07:00:00+01:00 check
        9.3 years slow | Europe/Madrid | clock 2017-01-01T00:10:00 @2026-03-14T07:45:05+01:00; bp 2017-01-01T00:05:00 | mapped 2026-03-14T07:40:05+01:00 check
        9.3 years fast | Europe/Madrid | clock 2099-01-01T00:10:00 @2026-03-14T07:45:05+01:00; bp 2099-01-01T00:05:00 | mapped 2026-03-14T07:40:05+01:00 check
        9.3 exactly right | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:45:00 | mapped 2026-03-14T07:45:00+01:00 check
        9.3 Date Time is a clock too | Europe/Madrid | date 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | mapped 2026-03-14T07:43:15+01:00 check
        9.3 the clock was read before the record came | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:44:30 @2026-03-14T07:45:40+01:00 | mapped 2026-03-14T07:45:35+01:00 check
        9.3 a record of last year | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2025-03-14T07:44:00 | mapped 2025-03-14T07:45:05+01:00 check
        9.3 a device of another zone is off by hours, and mapped | Europe/Madrid | clock 2026-03-14T01:45:05 @2026-03-14T07:45:05+01:00; bp 2026-03-14T01:00:00 | mapped 2026-03-14T07:00:00+01:00 check
        9.3 a device on UTC | Europe/Oslo | clock 2026-07-14T05:45:05 @2026-07-14T07:45:05+02:00; bp 2026-07-14T05:00:00 | mapped 2026-07-14T07:00:00+02:00 check
        9.3 the offset that is shown is that of the instant: a summer record told in winter | Europe/Madrid | clock 2026-11-14T07:45:05 @2026-11-14T07:45:05+01:00; bp 2026-08-14T07:45:05 | mapped 2026-08-14T08:45:05+02:00 check
        9.3 and a winter record told in summer | Europe/Madrid | clock 2026-07-14T07:45:05 @2026-07-14T07:45:05+02:00; bp 2026-02-14T07:45:05 | mapped 2026-02-14T06:45:05+01:00 check
        9.3 the night of the spring change | Europe/Madrid | clock 2026-03-29T03:30:00 @2026-03-29T03:30:00+02:00; bp 2026-03-29T02:15:00 | mapped 2026-03-29T01:15:00+01:00 check
        9.3 a device that changes by itself shows an hour that was not | Europe/Madrid | clock 2026-03-29T03:30:00 @2026-03-29T03:30:00+02:00; bp 2026-03-29T03:15:00 | mapped 2026-03-29T03:15:00+02:00 check
        9.3 the hour that comes twice, first | Europe/Madrid | clock 2026-10-25T02:45:00 @2026-10-25T00:45:00Z; bp 2026-10-25T02:30:00 | mapped 2026-10-25T02:30:00+02:00 check
        9.3 the hour that comes twice, second | Europe/Madrid | clock 2026-10-25T02:45:00 @2026-10-25T01:45:00Z; bp 2026-10-25T02:30:00 | mapped 2026-10-25T02:30:00+01:00 check
        9.3 bound: up to 60 s after reception is a clock that ticks | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:45:00 | mapped 2026-03-14T07:46:05+01:00 check
        9.3 bound: later is a time fault | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:45:01 | reported 2026-03-14T07:45:01+01:00 fault
        9.3 bound: a stamp of before the battery change, mapped into the future | Europe/Madrid | clock 2017-01-01T00:00:30 @2026-03-14T07:45:05+01:00; bp 2026-03-12T08:00:00 | reported 2026-03-12T08:00:00+01:00 fault
        9.3 bound: the same, told to a hub that was not there then | Europe/Madrid | paired 2026-03-13T00:00:00+01:00; clock 2017-01-01T00:00:30 @2026-03-14T07:45:05+01:00; bp 2026-03-12T08:00:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.3 bound: a battery change between two stored records | Europe/Madrid | clock 2017-01-01T01:00:00 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-13T08:00:00; glucose 2 2017-01-01T00:30:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.3 bound: and what was measured after it | Europe/Madrid | clock 2017-01-01T01:00:00 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-13T08:00:00; glucose 2 2017-01-01T00:30:00; glucose 3 2017-01-01T00:40:00 | mapped 2026-03-14T07:25:05+01:00 check
        9.3 bound: told newest first, what is older than the change | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 3 2026-03-14T07:00:00; glucose 2 2026-03-14T09:00:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.3 bound: and what is older still | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 3 2026-03-14T06:00:00; glucose 2 2026-03-14T06:30:00; glucose 1 2026-03-14T06:20:00 | reported 2026-03-14T06:20:00+01:00 fault
        9.3 stamps that ascend are no step | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T06:00:00; glucose 2 2026-03-14T06:30:00 | mapped 2026-03-14T06:30:00+01:00 check
        9.3 nor are equal ones | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T06:00:00; glucose 2 2026-03-14T06:00:00 | mapped 2026-03-14T06:00:00+01:00 check
        9.3 a stamp before the year 1 of the hub | Europe/Madrid | clock 9999-12-31T23:59:00 @2026-03-14T07:45:05+01:00; bp 1582-01-01T00:00:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.4 plain devices are local, current, not synchronised | Europe/Madrid | clock 2026-03-14T09:00:00 @2026-03-14T07:45:05+01:00; temp 2026-03-14T08:00:00 | mapped 2026-03-14T06:45:05+01:00 check
        9.5 a clock that was set starts another comparison | Europe/Madrid | clock 2026-03-14T07:00:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T06:50:00; clock 2026-03-14T07:45:06 @2026-03-14T07:45:06+01:00; bp 2026-03-14T07:45:00 | mapped 2026-03-14T07:45:00+01:00 check
        9.5 what was taken before it is placed by the old one | Europe/Madrid | clock 2026-03-14T07:00:00 @2026-03-14T07:45:05+01:00; bp 2026-03-14T06:50:00 | mapped 2026-03-14T07:35:05+01:00 check
        9.6 no readable clock, plausible | Europe/Madrid | bp 2026-03-14T07:42:10 @2026-03-14T07:45:05+01:00 | reported 2026-03-14T07:42:10+01:00 fault
        9.6 no readable clock, a factory date | Europe/Madrid | bp 2017-01-01T00:05:00 @2026-03-14T07:45:05+01:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 no readable clock, 31 days back | Europe/Madrid | bp 2026-02-11T07:45:05 @2026-03-14T07:45:05+01:00 | reported 2026-02-11T07:45:05+01:00 fault
        9.6 no readable clock, a second more | Europe/Madrid | bp 2026-02-11T07:45:04 @2026-03-14T07:45:05+01:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 since it was paired, however long that is ago | Europe/Madrid | paired 2025-01-01T00:00:00+01:00; bp 2025-06-01T07:00:00 @2026-03-14T07:45:05+01:00 | reported 2025-06-01T07:00:00+02:00 fault
        9.6 before it was paired | Europe/Madrid | paired 2026-03-14T07:00:00+01:00; bp 2026-03-14T06:59:59 @2026-03-14T07:45:05+01:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 in the future, up to 60 s | Europe/Madrid | bp 2026-03-14T07:46:05 @2026-03-14T07:45:05+01:00 | reported 2026-03-14T07:46:05+01:00 fault
        9.6 in the future | Europe/Madrid | bp 2026-03-14T07:46:06 @2026-03-14T07:45:05+01:00 | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 in the home's offset of that day | Europe/Madrid | bp 2026-03-28T12:00:00 @2026-03-30T12:00:00+02:00 | reported 2026-03-28T12:00:00+01:00 fault
        9.6 the hour that comes twice counts as the first | Europe/Madrid | bp 2026-10-25T02:30:00 @2026-10-25T12:00:00+01:00 | reported 2026-10-25T02:30:00+02:00 fault
        9.6 an oximeter that says that its clock is not set | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; spo2 2026-03-14T07:40:00 unset | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 an oximeter whose clock is set | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; spo2 2026-03-14T07:40:00 | mapped 2026-03-14T07:40:00+01:00 check
        9.6 a meter that had a time fault (bit 11) | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:40:00 fault | unusable 2026-03-14T07:45:05+01:00 fault
        9.6 the fault of one record is not that of the next | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:40:00 fault; glucose 2 2026-03-14T07:41:00 | mapped 2026-03-14T07:41:00+01:00 check
        9.6 a clock that can be read and is no date | Europe/Madrid | clock 0-0-0T0:0:0 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:42:10 | reported 2026-03-14T07:42:10+01:00 fault
        9.7 a stamp of zeros | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 0-0-0T0:0:0 | reception 2026-03-14T07:45:05+01:00 no check
        9.7 a stamp without its year | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 0-3-14T7:42:10 | reception 2026-03-14T07:45:05+01:00 no check
        9.7 a stamp without its month | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; bp 2026-0-14T7:42:10 | reception 2026-03-14T07:45:05+01:00 no check
        9.7 a stamp without its day | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; temp 2026-3-0T7:42:10 | reception 2026-03-14T07:45:05+01:00 no check
        9.9 whole seconds where the stamp has them | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05.750+01:00; bp 2026-03-14T07:42:10 | mapped 2026-03-14T07:43:15+01:00 check
        9.10 a meter's base time with its offset | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:00:00 5 | mapped 2026-03-14T07:05:00+01:00 check
        9.10 an offset back | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T07:00:00 -90 | mapped 2026-03-14T05:30:00+01:00 check
        9.10 the user's time was set back: the base time ascends, the stamp does not | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T06:00:00 60; glucose 2 2026-03-14T06:10:00 -60 | reported 2026-03-14T05:10:00+01:00 fault
        9.10 the user's time was set forward | Europe/Madrid | clock 2026-03-14T07:45:05 @2026-03-14T07:45:05+01:00; glucose 1 2026-03-14T05:00:00 0; glucose 2 2026-03-14T05:10:00 60 | mapped 2026-03-14T06:10:00+01:00 check
        9.10 a sensor's minutes count from the start of its session | Europe/Madrid | start 2026-03-14T06:00:00 4 0 @2026-03-14T07:45:05+01:00; clock 2026-03-14T07:45:05; cgm 30 | mapped 2026-03-14T06:30:00+01:00 check
        9.10 a sensor started in summer time | Europe/Madrid | start 2026-07-01T06:00:00 4 4 @2026-07-01T07:45:05+02:00; clock 2026-07-01T07:45:05; cgm 30 | mapped 2026-07-01T06:30:00+02:00 check
        9.10 a sensor that does not know its zone | Europe/Madrid | start 2026-03-14T06:00:00 -128 255 @2026-03-14T07:45:05+01:00; clock 2026-03-14T07:45:05; cgm 30 | mapped 2026-03-14T06:30:00+01:00 check
        9.10 a sensor that knows zone and daylight saving needs no clock | Europe/Madrid | start 2026-03-14T06:00:00 4 0 @2026-03-14T07:45:05+01:00; cgm 30 | reported 2026-03-14T06:30:00+01:00 fault
        9.10 a sensor that says where it is, in a home that is elsewhere | Europe/London | start 2026-03-14T06:00:00 4 0 @2026-03-14T06:45:05+00:00; cgm 30 | reported 2026-03-14T06:30:00+01:00 fault
        9.10 without the start of its session a sensor's record has no stamp | Europe/Madrid | cgm 30 @2026-03-14T07:45:05+01:00 | reception 2026-03-14T07:45:05+01:00 no check
        9.3 the hub's clock set forward after the comparison moves nothing | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; step 3600; bp 2026-03-14T07:42:10 | mapped 2026-03-14T08:43:15+01:00 check
        9.3 the hub's clock set back after the comparison | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; step -3600; bp 2026-03-14T07:42:10 | mapped 2026-03-14T06:43:15+01:00 check
        9.3 a drift of less than two seconds is none | Europe/Madrid | clock 2026-03-14T07:44:00 @2026-03-14T07:45:05+01:00; step 1; bp 2026-03-14T07:42:10 | mapped 2026-03-14T07:43:15+01:00 check
        10.5 a device whose clock was never read has the one fault of its connection | Europe/Madrid | bp 2026-03-14T07:42:10 @2026-03-14T07:45:05+01:00; bp 2026-03-14T07:43:10 | reported 2026-03-14T07:43:10+01:00 fault
        """;

    public static TheoryData<string, string, string, string> Cases => ClockCase.Rows(Table);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_rule_of_time_holds(string rule, string zone, string told, string expected)
    {
        Assert.Matches("^(9|10)\\.[0-9]+ ", rule);
        Assert.Equal(expected, Tell(ClockCase.Play(zone, told)));
    }

    [Fact]
    public void There_are_at_least_sixty_cases_and_none_twice()
    {
        string[] told = [.. Table.Split('\n').Select(line => line[line.IndexOf('|', StringComparison.Ordinal)..])];
        Assert.True(told.Length >= 60, $"{told.Length} cases");
        Assert.Equal(told.Length, told.Distinct().Count());
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
}
