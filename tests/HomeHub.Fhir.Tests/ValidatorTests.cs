using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace HomeHub.Fhir.Tests;

/// <summary>
/// Holds everything that the hub can emit to a FHIR validator that is not ours: base R4, and the vital signs profile where it applies.
/// Needs node (18 or newer) and the packages of tests/fhir-validator, which tests/run installs.
/// </summary>
public sealed partial class ValidatorTests(ITestOutputHelper output)
{
    private const int DeadlineSeconds = 180;

    [Fact]
    public async Task Everything_emitted_is_valid()
    {
        var lines = new StringBuilder();
        foreach (string json in AllResources.All.Select(resource => resource.Json).DistinctBy(Shape))
        {
            lines.Append(json).Append('\n');
        }

        lines.Append(Encoded.Bundle([Samples.BloodPressure()], [.. Samples.Encoder.ListDevices(Samples.Hub, [Samples.BloodPressure()]).Select(d => d.Id)]).Json)
            .Append('\n');
        foreach (string consent in ConsentTests.Jsons())
        {
            lines.Append(consent).Append('\n');
        }

        foreach (string device in DeviceTests.Jsons())
        {
            lines.Append(device).Append('\n');
        }

        foreach (string resource in RoomTests.Jsons())
        {
            lines.Append(resource).Append('\n');
        }

        lines.Append(await ExportTests.IncompleteAsync()).Append('\n');
        (int exit, string text) = await ValidateAsync(lines.ToString());
        output.WriteLine($"{AllReadings.All.Count} readings: " + text.Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "");
        Assert.True(exit == 0, text.Length > 4000 ? text[..4000] : text);
    }

    [Fact]
    public async Task The_validator_finds_what_is_wrong()
    {
        (int exit, string text) = await ValidateAsync(
            "{\"resourceType\":\"Observation\",\"status\":\"final\"}\n{\"resourceType\":\"Device\",\"nonsense\":1}\nno JSON\n");
        Assert.Equal(1, exit);
        Assert.Contains("1: Observation R4: Missing required property", text, StringComparison.Ordinal);
        Assert.Contains("2: Device R4:", text, StringComparison.Ordinal);
        Assert.Contains("3: not JSON", text, StringComparison.Ordinal);
    }

    /// <summary>A resource without its UUIDs, times and numbers: the validator need not see what differs in them only.</summary>
    private static string Shape(string json) => Details().Replace(json, "");

    [GeneratedRegex("""[0-9a-f]{8}-[0-9a-f-]{27}|\d{4}-\d\d-\d\dT[0-9:.+-]+|"value":-?[0-9.]+|-\d{9}\b""")]
    private static partial Regex Details();

    private static async Task<(int Exit, string Text)> ValidateAsync(string ndjson)
    {
        string folder = FindValidator();
        Assert.True(
            Directory.Exists(Path.Combine(folder, "node_modules", "@medplum", "core")),
            $"The FHIR validator is not installed: run `npm ci` in {folder} (tests/run does).");
        var start = new ProcessStartInfo("node", ["validate.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
        };
        Process? node;
        try
        {
            node = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            node = null;
        }

        Assert.True(node is not null, "node is not installed; tests/run installs it.");
        using (node)
        using (var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(DeadlineSeconds)))
        {
            Task<string> text = node.StandardOutput.ReadToEndAsync(deadline.Token);
            Task<string> errors = node.StandardError.ReadToEndAsync(deadline.Token);
            await node.StandardInput.WriteAsync(ndjson.AsMemory(), deadline.Token);
            node.StandardInput.Close();
            await node.WaitForExitAsync(deadline.Token);
            return (node.ExitCode, await text + await errors);
        }
    }

    /// <summary>Upwards from the test's binaries to the root, where the solution is.</summary>
    private static string FindValidator()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HomeHub.sln")))
            {
                return Path.Combine(folder.FullName, "tests", "fhir-validator");
            }
        }

        throw new InvalidOperationException("The repository's root was not found above the test binaries.");
    }
}
