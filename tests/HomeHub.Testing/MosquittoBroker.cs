using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace HomeHub.Testing;

/// <summary>
/// A real mosquitto on a free loopback port. It can be stopped, killed and started again on the same port with the same data.
/// <c>await using var broker = await MosquittoBroker.StartAsync();</c>
/// </summary>
public sealed partial class MosquittoBroker : IAsyncDisposable
{
    private const int Sigterm = 15;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-broker-").FullName;
    private readonly MosquittoBrokerOptions _options;
    private readonly ConcurrentQueue<string> _log = new();
    private Process? _process;

    private MosquittoBroker(MosquittoBrokerOptions options, int port)
    {
        _options = options;
        Port = port;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>The TCP port on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary><c>mqtt://127.0.0.1:port</c>, or mqtts.</summary>
    public string Url => $"{(_options.Tls is null ? "mqtt" : "mqtts")}://127.0.0.1:{Port}";

    /// <summary>What the broker wrote to its log.</summary>
    public string Log => string.Join('\n', _log);

    /// <summary>Starts a broker and waits until it takes connections.</summary>
    public static async Task<MosquittoBroker> StartAsync(MosquittoBrokerOptions? options = null)
    {
        var broker = new MosquittoBroker(options ?? new MosquittoBrokerOptions(), FreePort.Take());
        try
        {
            await broker.StartAgainAsync();
            return broker;
        }
        catch
        {
            await broker.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it (again), on the same port and data.</summary>
    public async Task StartAgainAsync()
    {
        var config = Path.Combine(_folder, "mosquitto.conf");
        await File.WriteAllLinesAsync(config, Config());
        var start = new ProcessStartInfo(File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto", ["-c", config])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        var begun = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync(IPAddress.Loopback, Port);
                return;
            }
            catch (SocketException) when (!_process.HasExited && begun.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
            catch (SocketException e)
            {
                throw new InvalidOperationException($"mosquitto did not start:\n{Log}", e);
            }
        }
    }

    /// <summary>Ends it in order (SIGTERM).</summary>
    public Task StopAsync() => EndAsync(process => _ = Kill(process.Id, Sigterm));

    /// <summary>Kills it (SIGKILL).</summary>
    public Task KillAsync() => EndAsync(process => process.Kill());

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private async Task EndAsync(Action<Process> end)
    {
        if (_process is not { } process)
        {
            return;
        }

        _process = null;
        if (!process.HasExited)
        {
            end(process);
        }

        using var deadline = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(deadline.Token);
        process.Dispose();
    }

    private IEnumerable<string> Config()
    {
        yield return "per_listener_settings false";
        yield return "log_dest stderr";
        yield return "log_type all";
        yield return "user root";
        yield return "set_tcp_nodelay true";
        yield return $"listener {Port} 127.0.0.1";
        yield return "allow_anonymous true";

        // The default, 1,000, drops what a subscriber is slow to take.
        yield return "max_queued_messages 100000";
        if (_options.Tls is { } tls)
        {
            yield return $"cafile {tls.CaFile}";
            yield return $"certfile {tls.ServerCertificateFile}";
            yield return $"keyfile {tls.ServerKeyFile}";
            yield return $"require_certificate {(_options.RequireClientCertificate ? "true" : "false")}";
        }

        if (_options.Persistence)
        {
            yield return "persistence true";
            yield return $"persistence_location {_folder}/";
            yield return "autosave_on_changes true";
            yield return "autosave_interval 1";
        }

        foreach (var line in _options.MoreLines)
        {
            yield return line;
        }
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _log.Enqueue(line);
            while (_log.Count > 2000 && _log.TryDequeue(out _))
            {
                // The newest lines tell what went wrong.
            }
        }
    }

    private void KillAtExit(object? sender, EventArgs e) => _process?.Kill();
}
