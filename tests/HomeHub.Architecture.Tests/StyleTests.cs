using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HomeHub.Architecture.Tests;

/// <summary>Rules of style that a program can check.</summary>
public sealed class StyleTests
{
    /// <summary>Lines of a shipped source file beyond which it must say why. The aim is 200.</summary>
    private const int MaxLines = 300;

    /// <summary>Lines of a test file beyond which it must say why: many small facts of one thing read well in a row.</summary>
    private const int MaxTestLines = 400;

    /// <summary>Put together here so that this file does not hold what it forbids.</summary>
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X:", "NotImplemented" + "Exception"];

    private static readonly string[] HiddenClock = ["Thread" + ".Sleep", "DateTime" + ".Now", "DateTime" + ".UtcNow", "DateTimeOffset" + ".Now", "DateTimeOffset" + ".UtcNow"];

    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/", "C:" + @"\", "sha" + "red/design", "sha" + "red/reference"];

    /// <summary>Files that may ask the machine for the time, each with its reason.</summary>
    private static readonly Dictionary<string, string> AskTheMachine = new()
    {
        ["tests/HomeHub.Testing/TestCertificates.cs"] = "TLS checks a certificate against the clock of the machine",
    };

    /// <summary>Files that are longer, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongFiles = new()
    {
        ["gateway/HomeHub.Core/Delivery/DeliveryDriver.cs"] = "one loop and its steps; apart they would share all of its state",
        ["cloud-relay/HomeHub.Mosquitto/MosquittoSession.cs"] = "the life of one native client, whose callbacks share its state",
        ["cloud-relay/HomeHub.CloudRelay/Bundles/ResourceReader.cs"] = "one pass over one resource; every step moves the same reader",
        ["tests/HomeHub.Testing/Buffering/ReadingBufferContract.cs"] = "the contract suite of a whole port",
    };

    /// <summary>Shipped files with more than one type at the top level, each with its reason.</summary>
    private static readonly Dictionary<string, string> SeveralTypes = new()
    {
        ["firmware-profiles/HomeHub.Profiles/Decoding/CharacteristicDecoder.cs"] = "the delegate says what a decoder does; the record names it",
        ["cloud-relay/HomeHub.CloudRelay/Bundles/ResourceKind.cs"] = "an enumeration and its names on the wire",
        ["cloud-relay/HomeHub.CloudRelay/Forwarding/ForwardAnswer.cs"] = "an answer and the verdict that only it holds",
        ["cloud-relay/HomeHub.CloudRelay/Store/KeyIndex.cs"] = "an index and the match that only it gives",
    };

    private static readonly Regex TopLevelType = new(
        @"^(?:public |internal |file )?(?:(?:static|sealed|abstract|readonly|ref|partial|unsafe) )*(?:class|record struct|record|struct|interface|enum|delegate \S+) (?<name>\w+)",
        RegexOptions.Multiline);

    private static readonly Regex Skip = new(@"\bSkip\s*=\s*(?<reason>""[^""]*""|\S+)|\bSkip\.If(?:Not)?\((?<call>[^;]*)\);");

    /// <summary>
    /// What a template makes is unfinished on purpose: its marks say what is to be written, and are found by this rule in what was made from it. The template itself
    /// can't be without them.
    /// </summary>
    private const string Templates = "tools/templates/";

    [Fact]
    public void Nothing_is_left_unfinished() =>
        AssertNowhere(Unfinished, file => IsCodeOrScript(file) && !file.StartsWith(Templates, StringComparison.Ordinal));

    [Fact]
    public void Nobody_waits_blindly_or_asks_a_hidden_clock() => AssertNowhere(HiddenClock, file => file.EndsWith(".cs", StringComparison.Ordinal) && !AskTheMachine.ContainsKey(file));

    [Fact]
    public void No_path_of_somebodys_machine_is_in_a_file() => AssertNowhere(MachinePaths, IsText);

    [Fact]
    public void A_long_file_says_why()
    {
        IEnumerable<string> tooLong = Repository.Sources()
            .Where(file => !LongFiles.ContainsKey(file))
            .Where(file => LinesOf(file) > (file.StartsWith("tests/", StringComparison.Ordinal) ? MaxTestLines : MaxLines));
        Offences.AreNone(tooLong.Select(file => $"{file}: {LinesOf(file)} lines"));
    }

    [Fact]
    public void Exceptions_are_made_for_files_that_exist() =>
        Offences.AreNone([.. LongFiles.Keys.Concat(SeveralTypes.Keys).Concat(AskTheMachine.Keys).Except(Repository.Files)]);

    [Fact]
    public void A_shipped_file_holds_one_type_and_has_its_name()
    {
        List<string> wrong = [];
        foreach (string file in Repository.Sources().Where(file => !file.StartsWith("tests/", StringComparison.Ordinal) && !SeveralTypes.ContainsKey(file)))
        {
            string[] types = TypesIn(file);
            string name = Path.GetFileNameWithoutExtension(file).Split('.')[0];
            if (types.Length > 1 || (types.Length == 1 && types[0] != name))
            {
                wrong.Add($"{file}: {string.Join(", ", types)}");
            }
        }

        Offences.AreNone(wrong);
    }

    [Fact]
    public void A_skipped_test_says_why()
    {
        foreach (string file in Repository.Sources("tests/"))
        {
            foreach (Match skip in Skip.Matches(Repository.Read(file)))
            {
                string said = skip.Groups["reason"].Success ? skip.Groups["reason"].Value : skip.Groups["call"].Value;
                Assert.True(Regex.IsMatch(said, "\"[^\"]{10,}\"|^[A-Z]\\w+"), $"{file} skips a test without a reason: {skip.Value}");
            }
        }
    }

    [Fact]
    public void Scripts_stop_at_the_first_error_and_may_be_run()
    {
        string[] scripts = [.. Repository.Files.Where(IsScript)];
        Assert.NotEmpty(scripts);
        foreach (string script in scripts)
        {
            // Debian's sh knows no pipefail.
            string text = Repository.Read(script);
            string strict = text.StartsWith("#!/bin/sh\n", StringComparison.Ordinal) ? "\nset -eu\n" : "\nset -euo pipefail\n";
            Assert.Contains(strict, text, StringComparison.Ordinal);
            Assert.True(OperatingSystem.IsWindows() || (File.GetUnixFileMode(Path.Combine(Repository.Root, script)) & UnixFileMode.UserExecute) != 0, $"{script} is not executable.");
        }
    }

    [Fact]
    public void Shellcheck_finds_nothing_in_a_script()
    {
        string[] scripts = [.. Repository.Files.Where(IsScript)];
        using var shellcheck = new Process
        {
            StartInfo = new ProcessStartInfo("shellcheck", ["--external-sources", .. scripts]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true },
        };
        shellcheck.Start();
        string found = shellcheck.StandardOutput.ReadToEnd();
        shellcheck.WaitForExit();
        Assert.True(shellcheck.ExitCode == 0, found);
    }

    private static int LinesOf(string file) => Repository.Read(file).Count(c => c == '\n');

    private static string[] TypesIn(string file) =>
        [.. TopLevelType.Matches(Repository.Read(file)).Select(match => match.Groups["name"].Value).Distinct()];

    private static void AssertNowhere(string[] words, Func<string, bool> among)
    {
        List<string> found = [];
        foreach (string file in Repository.Files.Where(among))
        {
            int number = 0;
            foreach (string line in Repository.Read(file).Split('\n'))
            {
                number++;
                if (words.FirstOrDefault(word => line.Contains(word, StringComparison.Ordinal)) is { } word)
                {
                    found.Add($"{file}:{number}: {word}");
                }
            }
        }

        Offences.AreNone(found);
    }

    private static bool IsScript(string file) =>
        file.EndsWith(".sh", StringComparison.Ordinal)
        || (Path.GetExtension(file).Length == 0 && Repository.Read(file).Split('\n')[0] is { } first && first.StartsWith("#!", StringComparison.Ordinal) && first.EndsWith("sh", StringComparison.Ordinal));

    private static bool IsCodeOrScript(string file) =>
        Path.GetExtension(file) is ".cs" or ".csproj" or ".props" or ".mjs" or ".js" or ".yaml" or ".json" || file == "Dockerfile" || IsScript(file);

    private static bool IsText(string file) =>
        Path.GetExtension(file) is not (".png" or ".ico" or ".db" or ".woff2");
}
