using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HomeHub.EndToEnd.Tests.Lab;
using HomeHub.Testing;
using HomeHub.Testing.Programs;

namespace HomeHub.EndToEnd.Tests;

/// <summary>The pages of the program as it is shipped, and the program without them.</summary>
public class PagesTests
{
    [Fact]
    public async Task A_hub_without_pages_loads_nothing_of_the_web_and_makes_none_of_its_files()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        using Executable hub = lab.StartHub();
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        string mapped = await File.ReadAllTextAsync($"/proc/{hub.Id}/maps");
        Assert.Contains("homehub.dll", mapped, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"/HomeHub\.Web\.dll|/Microsoft\.AspNetCore[^/\n]*\.dll", mapped);
        Assert.Empty(Directory.GetFileSystemEntries(lab.HubFolder, "pages*"));
        Assert.False(File.Exists(Path.Combine(lab.HubFolder, "household.db")));
        Assert.Equal(JsonValueKind.Null, (await lab.StatusAsync()).GetProperty("pages").ValueKind);
        Assert.Equal(0, await hub.StopAsync());
    }

    [Fact]
    public async Task Label_status_and_pages_tell_the_same_and_a_reset_gives_a_new_code()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        int port = FreePort.Take();
        using Executable hub = await lab.StartHubWithPagesAsync(port);
        await Eventually.HoldsAsync(async () => (await lab.StatusAsync()).GetProperty("pages").ValueKind == JsonValueKind.String, () => "the status tells of the pages", Eventually.Deadline, TimeSpan.FromMilliseconds(200));
        string address = (await lab.StatusAsync()).GetProperty("pages").GetString()!;
        Assert.Matches($@"^https://homehub-[0-9a-f]{{4}}\.local:{port}/$", address);

        string pdf = Path.Combine(lab.HubFolder, "..", "label.pdf");
        (int exit, string label, string error) = await lab.CommandAsync("label", "--data", lab.HubFolder, "--pdf", pdf);
        Assert.True(exit == 0, error);
        Assert.Contains(address, label, StringComparison.Ordinal);
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(pdf) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        using var visitor = new PagesVisitor(port, label);
        Assert.Equal("/claim", await visitor.FollowAsync("/"));

        (exit, string code, error) = await lab.CommandAsync("pages", "reset-pin", "--data", lab.HubFolder);
        Assert.True(exit == 0, error);
        Assert.DoesNotContain(code.Trim(), label, StringComparison.Ordinal);
        (_, label, _) = await lab.CommandAsync("label", "--data", lab.HubFolder);
        Assert.Contains(code.Trim(), label, StringComparison.Ordinal);
        Assert.DoesNotContain(code.Trim(), hub.Error, StringComparison.Ordinal);
        Assert.Equal(0, await hub.StopAsync());
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told_in_one_line_and_the_hub_runs_on_without_pages()
    {
        await using Laboratory lab = await Laboratory.OpenAsync(withRelay: false);
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        using Executable hub = lab.StartHub("--pages", $"https://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");
        await Eventually.HoldsAsync(() => File.Exists(Path.Combine(lab.HubFolder, "run-state.json")), "the hub tells that it runs");
        Assert.Single(hub.Error.Split('\n'), line => line.Contains("The pages can't be served: ", StringComparison.Ordinal) && line.EndsWith("The hub runs without them.", StringComparison.Ordinal));
        Assert.Equal(0, await hub.StopAsync());
    }
}
