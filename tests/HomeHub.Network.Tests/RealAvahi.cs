using System.Diagnostics;
using HomeHub.DBus;
using HomeHub.Testing;

namespace HomeHub.Network.Tests;

/// <summary>Debian's own avahi-daemon on a private bus, where it is installed and this user may run it.</summary>
internal sealed class RealAvahi : IAsyncDisposable
{
    private const string Program = "/usr/sbin/avahi-daemon", Service = "org.freedesktop.Avahi", Server = Service + ".Server";

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-avahi-").FullName;
    private readonly PrivateBus _bus;
    private Process? _process;
    private DBusConnection? _asker;

    private RealAvahi(PrivateBus bus) => _bus = bus;

    public PrivateBus Bus => _bus;

    /// <summary>Starts it; skips the test where that can't be.</summary>
    public static async Task<RealAvahi> StartAsync()
    {
        Skip.IfNot(File.Exists(Program), "avahi-daemon is not installed (package avahi-daemon)");
        Skip.IfNot(Environment.UserName == "root", "avahi-daemon is only run by root");
        var avahi = new RealAvahi(await PrivateBus.StartAsync());
        try
        {
            await avahi.StartDaemonAsync();
            return avahi;
        }
        catch
        {
            await avahi.DisposeAsync();
            throw;
        }
    }

    public async Task StartDaemonAsync()
    {
        string config = Path.Combine(_folder, "avahi.conf");
        await File.WriteAllTextAsync(config, "[server]\nhost-name=homehub-test-machine\nuse-ipv4=yes\nuse-ipv6=no\nratelimit-interval-usec=0\n[wide-area]\nenable-wide-area=no\n[publish]\npublish-workstation=no\n[rlimits]\n");
        Directory.CreateDirectory("/run/avahi-daemon");
        var start = new ProcessStartInfo(Program, ["--file", config, "--no-drop-root", "--no-chroot", "--no-rlimits"]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["DBUS_SYSTEM_BUS_ADDRESS"] = _bus.Address;
        _process = Process.Start(start)!;
        _ = _process.StandardOutput.ReadToEndAsync();
        Task<string> said = _process.StandardError.ReadToEndAsync();
        _asker ??= await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        for (int i = 0; i < 200; i++)
        {
            Skip.If(_process.HasExited, $"avahi-daemon can't be run here: {(_process.HasExited ? await said : "")}");
            if (await AskAsync("GetState") is 2)
            {
                return;
            }

            await Task.Delay(50);
        }

        Skip.If(true, "avahi-daemon does not come to run here, as without a network that takes multicast");
    }

    /// <summary>Address of a name, as Avahi finds it; null: nobody has it.</summary>
    public async Task<string?> FindAsync(string name)
    {
        try
        {
            object[] answer = await _asker!.CallAsync(Service, "/", Server, "ResolveHostName", "iisiu", [-1, 0, name, 0, 0u], TimeSpan.FromSeconds(10));
            return answer[4] as string;
        }
        catch (DBusException)
        {
            return null;
        }
    }

    /// <summary>Port of the pages that are told under a name of a service; null: none are.</summary>
    public async Task<ushort?> FindPagesAsync(string service)
    {
        try
        {
            object[] answer = await _asker!.CallAsync(
                Service, "/", Server, "ResolveService", "iisssiu", [-1, 0, service, "_https._tcp", "local", 0, 0u], TimeSpan.FromSeconds(10));
            return answer[8] as ushort?;
        }
        catch (DBusException)
        {
            return null;
        }
    }

    /// <summary>Another program of this machine tells a service. One that tells the name alone would be no collision: a machine may have several addresses.</summary>
    public async Task TakeAsync(string service)
    {
        object[] answer = await _asker!.CallAsync(Service, "/", Server, "EntryGroupNew");
        string group = ((DBusPath)answer[0]).Value;
        await _asker.CallAsync(Service, group, Service + ".EntryGroup", "AddService", "iiussssqaay", [-1, -1, 0u, service, "_https._tcp", "", "", (ushort)443, Array.Empty<object>()]);
        await _asker.CallAsync(Service, group, Service + ".EntryGroup", "Commit");
    }

    public async Task StopDaemonAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            File.Delete("/run/avahi-daemon/pid");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopDaemonAsync();
        await (_asker?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _bus.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<object?> AskAsync(string member)
    {
        try
        {
            return (await _asker!.CallAsync(Service, "/", Server, member)).FirstOrDefault();
        }
        catch (DBusException)
        {
            return null;
        }
    }
}
