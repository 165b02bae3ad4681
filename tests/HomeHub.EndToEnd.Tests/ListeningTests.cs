using System.Globalization;
using System.Text.RegularExpressions;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>What the running hub listens on is what the README lists, by what the kernel says of the process.</summary>
public partial class ListeningTests
{
    private const string Tcp = "0A", Udp = "07";

    [Fact]
    public async Task With_pages_the_hub_listens_on_the_two_ports_of_the_readme_and_on_nothing_else()
    {
        int[] listed = [.. Listed().Matches(await File.ReadAllTextAsync(Path.Combine(Executable.Repository, "README.md"))).Select(port => int.Parse(port.Groups[1].Value, CultureInfo.InvariantCulture))];
        Assert.Equal([8443, 8080], listed);
        int pages = FreePort.Take(), redirect = FreePort.Take();
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        string configuration = Path.Combine(lab.HubFolder, "..", "listening.json");
        await File.WriteAllTextAsync(configuration, $$$"""{"pages":{"url":"https://0.0.0.0:{{{pages}}}","redirectFrom":{{{redirect}}}}}""");
        using Executable hub = lab.StartHub("--config", configuration);
        await Eventually.HoldsAsync(() => hub.Error.Contains("Pages at", StringComparison.Ordinal), "the pages are served");
        Assert.Equal(new[] { pages, redirect }.Order(), Listening(hub.Id));
        Assert.Equal(0, await hub.StopAsync());
    }

    [Fact]
    public async Task Without_pages_the_hub_listens_on_nothing()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        using Executable hub = lab.StartHub();
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        Assert.Empty(Listening(hub.Id));
        Assert.Equal(0, await hub.StopAsync());
    }

    /// <summary>Ports on which a process takes connections or datagrams, by the sockets that it holds.</summary>
    private static int[] Listening(int process)
    {
        HashSet<string> held = [.. Directory.EnumerateFiles($"/proc/{process}/fd").Select(file => new FileInfo(file).LinkTarget).OfType<string>().Select(target => Socket().Match(target)).Where(found => found.Success).Select(found => found.Groups[1].Value)];
        Assert.NotEmpty(held);
        return
        [
            .. new[] { ("tcp", Tcp), ("tcp6", Tcp), ("udp", Udp), ("udp6", Udp) }
                .SelectMany(table => File.ReadLines($"/proc/{process}/net/{table.Item1}").Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Where(line => line[3] == table.Item2 && held.Contains(line[9])))
                .Select(line => int.Parse(line[1].Split(':')[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture)).Distinct().Order(),
        ];
    }

    /// <summary>A line of the README's table of what listens: port, then the key that sets it.</summary>
    [GeneratedRegex(@"^\| (\d+) \(`pages\.", RegexOptions.Multiline)]
    private static partial Regex Listed();

    [GeneratedRegex(@"^socket:\[(\d+)\]$")]
    private static partial Regex Socket();
}
