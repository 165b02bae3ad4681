using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using HomeHub.Testing;

namespace HomeHub.Benchmarks;

/// <summary>The programs as they are shipped, each as a process: mosquitto with the settings that Debian gives it, relay, hub.</summary>
internal static class Programs
{
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly string Root = FindRoot();

    public static string Hub => Path.Combine(Root, "gateway/HomeHub.Gateway/bin/Release/net10.0/homehub");

    public static string Relay => Path.Combine(Root, "cloud-relay/HomeHub.CloudRelay/bin/Release/net10.0/homehub-relay");

    public static async Task<RunningProgram> StartBrokerAsync(ScratchFolder folder, int port)
    {
        string configuration = folder.File("mosquitto.conf");
        await File.WriteAllTextAsync(
            configuration,
            $"""
             user root
             listener {port} 127.0.0.1
             allow_anonymous true
             persistence true
             persistence_location {folder.Path}/
             log_dest file {folder.File("mosquitto.log")}

             """);
        RunningProgram broker = RunningProgram.Start(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", "-c", configuration);
        await UntilAsync(() => CanConnectAsync(port), "the broker to listen");
        return broker;
    }

    public static async Task<RunningProgram> StartRelayAsync(ScratchFolder folder, int brokerPort)
    {
        int port = FreePort.Take();
        RunningProgram relay = RunningProgram.Start(
            Relay, "run", "--data", folder.File("relay"), "--broker", $"mqtt://127.0.0.1:{brokerPort}", "--listen", $"http://127.0.0.1:{port}");
        using var http = new HttpClient();
        await UntilAsync(
            async () =>
            {
                try
                {
                    using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"));
                    return answer.IsSuccessStatusCode;
                }
                catch (HttpRequestException) when (!relay.HasExited)
                {
                    return false;
                }
            },
            "the relay to be ready");
        return relay;
    }

    public static RunningProgram StartHub(ScratchFolder folder, int brokerPort, params string[] more) =>
        RunningProgram.Start(Hub, ["run", "--data", folder.File("hub"), "--broker", $"mqtt://127.0.0.1:{brokerPort}", .. more]);

    /// <summary>Fills a hub's buffer from a capture while no broker is there.</summary>
    public static async Task FillBufferAsync(ScratchFolder folder, string capture, int readings)
    {
        await using RunningProgram hub = StartHub(folder, FreePort.Take(), "--replay", capture);
        await UntilStatusAsync(folder, hub, status => status.Buffered + status.Local >= readings, $"{readings} readings to be buffered");
    }

    public static Task UntilStatusAsync(ScratchFolder folder, RunningProgram hub, Func<HubCounts, bool> condition, string what) => UntilAsync(
        async () =>
        {
            if (hub.HasExited)
            {
                throw new InvalidOperationException($"The hub ended:\n{hub.Said()}");
            }

            return await StatusAsync(folder) is { } status && condition(status);
        },
        what);

    /// <summary>What <c>homehub status --json</c> says; null when it can't yet.</summary>
    public static async Task<HubCounts?> StatusAsync(ScratchFolder folder)
    {
        using Process status = Process.Start(new ProcessStartInfo(Hub, ["status", "--data", folder.File("hub"), "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = status.StandardError.ReadToEndAsync();
        string json = await status.StandardOutput.ReadToEndAsync();
        await errors;
        await status.WaitForExitAsync();
        if (status.ExitCode != 0)
        {
            return null;
        }

        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement counts = document.RootElement;
        return new HubCounts(
            counts.GetProperty("buffered").GetInt64(),
            counts.GetProperty("sent").GetInt64(),
            counts.GetProperty("receipted").GetInt64(),
            counts.TryGetProperty("local", out JsonElement local) ? local.GetInt64() : 0);
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TimeoutException($"Waited {Patience} for {what}.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task<bool> CanConnectAsync(int port)
    {
        try
        {
            using var probe = new TcpClient();
            await probe.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HomeHub.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("HomeHub.sln is in no folder above the benchmarks.");
    }
}
