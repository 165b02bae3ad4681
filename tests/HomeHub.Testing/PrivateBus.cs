using System.Diagnostics;

namespace HomeHub.Testing;

/// <summary>
/// A real dbus-daemon of its own in a temporary folder. It can be killed and started again at the same address.
/// <c>await using var bus = await PrivateBus.StartAsync();</c>
/// </summary>
public sealed class PrivateBus : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-bus-").FullName;
    private readonly string _policy;
    private Process? _process;

    private PrivateBus(string policy)
    {
        _policy = policy;
        AppDomain.CurrentDomain.ProcessExit += KillAtExit;
    }

    /// <summary>Address to connect to.</summary>
    public string Address => $"unix:path={Socket}";

    private string Socket => Path.Combine(_folder, "bus");

    /// <summary>Starts a bus that takes connections.</summary>
    /// <param name="policy">Rules beside "everything is allowed", as elements of a policy of the bus's configuration.</param>
    public static async Task<PrivateBus> StartAsync(string policy = "")
    {
        var bus = new PrivateBus(policy);
        try
        {
            await bus.StartAgainAsync();
            return bus;
        }
        catch
        {
            await bus.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it (again), at the same address.</summary>
    public async Task StartAgainAsync()
    {
        string config = Path.Combine(_folder, "bus.conf");
        await File.WriteAllTextAsync(
            config,
            $"""
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>{Address}</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/><allow own="*"/><allow send_type="method_call"/><allow send_type="signal"/>
                <allow send_requested_reply="true" send_type="method_return"/><allow send_requested_reply="true" send_type="error"/>
                <allow receive_type="method_call"/><allow receive_type="method_return"/><allow receive_type="error"/><allow receive_type="signal"/>
                {_policy}
              </policy>
            </busconfig>
            """);
        File.Delete(Socket);
        _process = Process.Start(new ProcessStartInfo("dbus-daemon", ["--config-file", config, "--nofork", "--nopidfile", "--print-address=1"])
        {
            RedirectStandardOutput = true,
        })!;
        using var limit = new CancellationTokenSource(Patience);
        string? said = await _process.StandardOutput.ReadLineAsync(limit.Token);
        if (said is null)
        {
            throw new InvalidOperationException("dbus-daemon did not start.");
        }
    }

    /// <summary>Kills it, as a crash would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            using var limit = new CancellationTokenSource(Patience);
            await process.WaitForExitAsync(limit.Token);
            process.Dispose();
        }
    }

    /// <summary>Kills it and starts it again.</summary>
    public async Task RestartAsync()
    {
        await KillAsync();
        await StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAtExit;
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void KillAtExit(object? sender, EventArgs e) => _process?.Kill();
}
