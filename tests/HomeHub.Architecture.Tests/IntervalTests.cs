using System.Text.RegularExpressions;

namespace HomeHub.Architecture.Tests;

/// <summary>
/// How long something is ago is asked of the monotonic clock. That of the wall is set forward and back, on a board at each start by years: an interval that is taken
/// from it is over at once, or never.
/// </summary>
public sealed class IntervalTests
{
    /// <summary>A moment of the wall clock that a part remembers, to compare it with a later one.</summary>
    private static readonly Regex Remembered = new(@"private (?:volatile )?DateTime(?:Offset)?\?? _\w+");

    /// <summary>An age by the wall clock, unless it is moved along by a time that has really passed.</summary>
    private static readonly Regex Age = new(@"Get(?:Utc|Local)Now\(\) - (?!\(?(?:\w+\.)*(?:GetElapsedTime|Uptime)\b)");

    /// <summary>The time of a file is of the wall clock as it was when the file was written.</summary>
    private static readonly Regex FileTime = new(@"Get(?:LastWrite|Creation|LastAccess)Time");

    /// <summary>Files that may, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["gateway/HomeHub.Core/Delivery/DeliveryDriver.cs"] = "its moments are of a steady clock, which starts at the wall's and follows the monotonic one",
        ["gateway/HomeHub.Core/Telemetry/HubMetrics.cs"] = "the age of what may have been stored before the system started has no other clock",
        ["gateway/HomeHub.Gateway/Hub/LeftoverSweeper.cs"] = "what another process left behind has no other time, and is old too where the clock was set since",
        ["gateway/HomeHub.Sqlite/Storage/Opening.cs"] = "the latest moment that is known of is wanted, no interval",
        ["gateway/HomeHub.Simulation/Devices/DeviceClock.cs"] = "the clock of a simulated device, which can be set",
        ["gateway/HomeHub.Simulation/SimulatedHousehold.cs"] = "when a simulation begins",
    };

    [Fact]
    public void Intervals_are_taken_from_the_monotonic_clock()
    {
        List<string> found = [];
        foreach (string file in Repository.Sources().Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !Exceptions.ContainsKey(file)))
        {
            string[] lines = Repository.Read(file).Split('\n');
            found.AddRange(lines.Select((line, i) => (line, i)).Where(one => Breaks(one.line)).Select(one => $"{file}:{one.i + 1}: {one.line.Trim()}"));
        }

        Offences.AreNone(found);
    }

    [Fact]
    public void Exceptions_are_made_for_files_that_need_them() =>
        Offences.AreNone(Exceptions.Keys.Where(file => !Repository.Files.Contains(file) || !Repository.Read(file).Split('\n').Any(Breaks)));

    [Theory]
    [InlineData("private DateTimeOffset? _statusAt;", true)]
    [InlineData("if (time.GetUtcNow() - last > Limit)", true)]
    [InlineData("File.GetLastWriteTimeUtc(file)", true)]
    [InlineData("private readonly DateTimeOffset _started = clock.GetUtcNow();", false)]
    [InlineData("time.GetUtcNow() - clock.Uptime", false)]
    [InlineData("parts.Time.GetUtcNow() - parts.Time.GetElapsedTime(then)", false)]
    [InlineData("time.GetLocalNow() - (time.GetElapsedTime(0) - then)", false)]
    public void What_breaks_the_rule_is_found(string line, bool breaks) => Assert.Equal(breaks, Breaks(line));

    private static bool Breaks(string line) => Remembered.IsMatch(line) || Age.IsMatch(line) || FileTime.IsMatch(line);
}
