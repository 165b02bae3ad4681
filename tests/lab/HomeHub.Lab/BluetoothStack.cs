using HomeHub.DBus;
using HomeHub.Testing.Programs;
using Xunit.Sdk;

namespace HomeHub.Lab;

/// <summary>The kernel's virtual controllers, made by BlueZ's emulator so that they hear each other, and the real bluetoothd that serves them all.</summary>
/// <param name="controllers">How many: the first is the hub's.</param>
/// <param name="keepsBonds">Whether the bonds of before are kept.</param>
internal sealed class BluetoothStack(int controllers, bool keepsBonds)
{
    private const string Bonds = "/var/lib/bluetooth", ConfigurationFile = "/run/bluetoothd.conf";

    /// <summary>
    /// One bluetoothd serves both ends of each link here. Medical devices neither look at the hub's services nor know Enhanced ATT, so it does neither
    /// in their stead.
    /// </summary>
    private const string Configuration = """
        [General]
        ReverseServiceDiscovery = false
        [GATT]
        Channels = 1
        """;

    /// <summary>How long bluetoothd has to serve all controllers before it is started anew, and how often.</summary>
    private static readonly TimeSpan ServiceStart = TimeSpan.FromSeconds(40);

    private const int MaxServiceStarts = 5;

    /// <summary>How often the controllers are plugged in before it is given up.</summary>
    private const int MaxPlugIns = 3;

    private readonly List<(string Name, Executable Program)> _ended = [];
    private Executable? _bus, _signals, _monitor, _controllers, _service;

    /// <summary>Address of the controller <c>hciN</c>, as the emulator gives it.</summary>
    public static string AddressOf(int index) => $"00:AA:01:{index:X2}:00:{index:X2}";

    /// <summary>Writes bluetoothd's configuration where its service reads it.</summary>
    public static Task ConfigureServiceAsync() => File.WriteAllTextAsync("/etc/bluetooth/main.conf", Configuration);

    /// <summary>Starts all of it.</summary>
    public async Task StartAsync()
    {
        if (!keepsBonds)
        {
            foreach (string folder in Directory.GetDirectories(Bonds))
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        Directory.CreateDirectory("/run/dbus");
        File.Delete("/run/dbus/pid");
        _bus = Executable.Start("/usr/bin/dbus-daemon", "--system", "--nofork", "--nosyslog");
        await Laboratory.HoldsAsync(HasBusAsync, "the message bus answers");
        _signals = Executable.Start("/usr/bin/dbus-monitor", "--system", "sender='org.bluez'", "destination='org.bluez'");
        _monitor = Executable.Start("/usr/bin/btmon");
        await File.WriteAllTextAsync(ConfigurationFile, Configuration);
        for (int tries = 1; ; tries++)
        {
            await StartControllersAsync();
            try
            {
                await StartServiceAsync(maxStarts: 2);
                return;
            }
            catch (TrueException) when (tries < MaxPlugIns)
            {
                // The kernel gives a controller up that did not answer its reset in ten seconds, as on a busy machine; bluetoothd never sees it then.
                await KillAsync("bluetoothd", _service!);
                await RemoveControllersAsync();
            }
        }
    }

    /// <summary>Whether bluetoothd has ended by itself.</summary>
    public bool HasServiceCrashed => _service is { HasExited: true } service && !_ended.Any(one => one.Program == service);

    /// <summary>Starts bluetoothd again if it has ended by itself, as a service manager does.</summary>
    /// <returns>Whether it had.</returns>
    public async Task<bool> ReviveServiceAsync()
    {
        if (await HasAllAdaptersAsync())
        {
            return false;
        }

        await RestartServiceAsync();
        return true;
    }

    /// <summary>Has bluetoothd end as a crash ends it, and starts it again.</summary>
    public async Task RestartServiceAsync()
    {
        await KillAsync("bluetoothd", _service!);
        await StartServiceAsync(MaxServiceStarts);
    }

    /// <summary>Pulls all controllers out.</summary>
    public async Task RemoveControllersAsync()
    {
        await KillAsync("btvirt", _controllers!);
        await Laboratory.HoldsAsync(
            () => Task.FromResult(Enumerable.Range(0, controllers).All(index => !Directory.Exists($"/sys/class/bluetooth/hci{index}"))),
            "the kernel has let the controllers go");
    }

    /// <summary>Plugs them in (again).</summary>
    public async Task StartControllersAsync()
    {
        _controllers = Executable.Start("/usr/bin/btvirt", $"-l{controllers}", "-L");
        await Laboratory.HoldsAsync(
            () => Task.FromResult(Enumerable.Range(0, controllers).All(index => Directory.Exists($"/sys/class/bluetooth/hci{index}"))),
            "the kernel has the controllers");
    }

    /// <summary>A connection to the bus, as somebody other than the hub.</summary>
    public static Task<DBusConnection> OpenBusAsync() => DBusConnection.OpenAsync(null, TimeProvider.System, CancellationToken.None);

    /// <summary>Ends all of it and leaves what was said in a folder.</summary>
    public async Task StopAsync(string folder)
    {
        foreach ((string name, Executable? program) in new[] { ("bluetoothd", _service), ("btvirt", _controllers), ("btmon", _monitor), ("signals", _signals), ("dbus", _bus) })
        {
            if (program is not null)
            {
                await KillAsync(name, program);
            }
        }

        foreach ((string name, Executable program) in _ended)
        {
            await File.AppendAllTextAsync(Path.Combine(folder, name + ".log"), program.Output + program.Error);
            program.Dispose();
        }
    }

    private async Task StartServiceAsync(int maxStarts)
    {
        for (int tries = 1; ; tries++)
        {
            _service = Executable.Start("/usr/libexec/bluetooth/bluetoothd", "-n", "-d", "-f", ConfigurationFile);
            try
            {
                await Laboratory.HoldsAsync(HasAllAdaptersAsync, "bluetoothd serves the controllers", ServiceStart);
                return;
            }
            catch (TrueException) when (tries < maxStarts)
            {
                // It misses a controller that the kernel makes while it asks for the list of them.
                await KillAsync("bluetoothd", _service);
            }
        }
    }

    private static async Task<bool> HasBusAsync()
    {
        try
        {
            await (await OpenBusAsync()).DisposeAsync();
            return true;
        }
        catch (DBusException)
        {
            return false;
        }
    }

    /// <summary>Plugs the controllers in, and waits until the bluetoothd that systemd started serves them all: it may miss one, and the kernel may give one up.</summary>
    public async Task PlugInAsync()
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                await StartControllersAsync();
                await Laboratory.HoldsAsync(HasAllAdaptersAsync, "bluetoothd serves the controllers", ServiceStart);
                return;
            }
            catch (TrueException) when (tries < MaxServiceStarts)
            {
                await RemoveControllersAsync();
                await Machine.DoAsync("systemctl restart bluetooth.service");
            }
        }
    }

    private async Task<bool> HasAllAdaptersAsync()
    {
        try
        {
            DBusConnection bus = await OpenBusAsync();
            await using (bus)
            {
                object[] answer = await bus.CallAsync("org.bluez", "/", "org.freedesktop.DBus.ObjectManager", "GetManagedObjects", null, CancellationToken.None);
                return ((Dictionary<DBusPath, object>)answer[0]).Values.Count(interfaces => ((Dictionary<string, object>)interfaces).ContainsKey("org.bluez.Adapter1"))
                    == controllers;
            }
        }
        catch (DBusException)
        {
            return false;
        }
    }

    private async Task KillAsync(string name, Executable program)
    {
        await program.KillAsync();
        if (!_ended.Contains((name, program)))
        {
            _ended.Add((name, program));
        }
    }
}
