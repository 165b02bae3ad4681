using System.Globalization;
using System.Text.Json;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The hub is installed on a Debian that systemd has started, does its work there as a service, and is removed.</summary>
internal static class Installation
{
    private const string Hub = "homehub.service", Installer = Laboratory.Programs + "/homehub/install.sh", Broker = "mqtt://127.0.0.1:1883";

    /// <summary>What an installation may touch.</summary>
    private static readonly string[] Touched =
    [
        "/opt/homehub", "/etc/systemd/system/homehub.service", "/etc/systemd/journald.conf.d", "/etc/homehub", "/etc/dbus-1/system.d", "/etc/polkit-1/rules.d", "/etc/udev/rules.d", "/etc/tmpfiles.d", "/usr/local/bin", "/etc/passwd", "/etc/group",
    ];

    /// <summary>Checked, installed, a device paired and read, killed and stalled and restarted, the machine restarted, installed again, removed, and purged.</summary>
    public static async Task FromCheckToPurgeAsync(Laboratory lab)
    {
        string phase = Path.Combine(lab.KeptFolder, "restarted");
        if (File.Exists(phase))
        {
            await AfterRestartAsync(lab, int.Parse(await File.ReadAllTextAsync(phase), CultureInfo.InvariantCulture));
            return;
        }

        int arrived;
        using (InstalledBoard board = await InstalledBoard.PlugInAsync())
        {
            await CheckAsync(lab);
            await InstallAsync(lab);
            arrived = await UseAsync(lab, board);
        }

        await File.WriteAllTextAsync(phase, arrived.ToString(CultureInfo.InvariantCulture));
        await Machine.DoAsync("sync && systemctl reboot");
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private static async Task CheckAsync(Laboratory lab)
    {
        await BluetoothStack.ConfigureServiceAsync();
        await Machine.DoAsync("dpkg --purge --force-depends libmosquitto1");
        string before = await FilesAsync();
        (int exit, string said) = await Machine.TryAsync(Installer + " --check");
        Assert.True(exit == 1 && said.Contains("PROBLEM  bluetooth    there is no adapter", StringComparison.Ordinal), said);
        (exit, said) = await Machine.TryAsync(Installer);
        Assert.True(exit == 1 && said.Contains("nothing was changed", StringComparison.Ordinal), said);
        await lab.Stack.PlugInAsync();
        said = await Machine.DoAsync(Installer + " --check");
        Assert.DoesNotContain("PROBLEM", said, StringComparison.Ordinal);
        Assert.Contains("to be installed, and apt to be asked for them first: libmosquitto1", said, StringComparison.Ordinal);
        Assert.Contains("program      packed here", said, StringComparison.Ordinal);
        Assert.Equal(before, await FilesAsync());
        Assert.Contains("Examples:", await Machine.DoAsync(Installer + " --help"), StringComparison.Ordinal);
        (exit, said) = await Machine.TryAsync($"unshare --mount sh -c 'mount -t tmpfs none /usr/share/dotnet && {Installer} --check'");
        Assert.True(exit == 1 && said.Contains("PROBLEM  runtime      the ASP.NET Core 10 runtime is missing", StringComparison.Ordinal), said);
        Assert.Equal((2, 2), ((await Machine.TryAsync(Installer + " --broker nowhere")).Exit, (await Machine.TryAsync(Installer + " --nonsense")).Exit));
    }

    private static async Task InstallAsync(Laboratory lab)
    {
        string said = await Machine.DoAsync($"{Installer} --broker {Broker}");
        Assert.Contains("Installing libmosquitto1", said, StringComparison.Ordinal);
        Assert.Contains("Claim code:", said, StringComparison.Ordinal);
        Assert.Contains("Address:     https://homehub-", said, StringComparison.Ordinal);
        await Machine.DoAsync("dpkg -s libmosquitto1");
        Assert.Equal("active running", $"{await Machine.PropertyAsync(Hub, "ActiveState")} {await Machine.PropertyAsync(Hub, "SubState")}");
        Assert.Equal("homehub /usr/sbin/nologin", await Machine.DoAsync("getent passwd homehub | cut -d: -f1,7 --output-delimiter=' '"));
        Assert.Equal("700 homehub 750 homehub 640 homehub", await Machine.DoAsync("stat -c '%a %G' /var/lib/homehub /etc/homehub /etc/homehub/homehub.json | tr '\\n' ' ' | sed 's/ $//'"));
        Assert.Equal("homehub", await Machine.DoAsync($"ps -o user= -p {await Machine.PropertyAsync(Hub, "MainPID")}"));
        Assert.Equal("0000000000001000", await Machine.DoAsync($"sed -n 's/^CapBnd:\\s*//p' /proc/{await Machine.PropertyAsync(Hub, "MainPID")}/status"));
        await IndexIsInMemoryAsync();
        (int exit, string security) = await Machine.TryAsync($"systemd-analyze security --no-pager --threshold=25 {Hub}");
        await File.WriteAllTextAsync(Path.Combine(lab.KeptFolder, "security"), security);
        string exposure = security.Trim().Split('\n')[^1].Trim();
        Assert.True(exit == 0 && exposure.Contains("Overall exposure level", StringComparison.Ordinal), security);
        await lab.FigureAsync($"systemd-analyze security: {exposure[exposure.IndexOf("Overall", StringComparison.Ordinal)..]}");
    }

    /// <summary>The index of the buffer's log, the same for the hub and for the commands beside it.</summary>
    private static async Task IndexIsInMemoryAsync()
    {
        foreach (string root in (string[])["", $"/proc/{await Machine.PropertyAsync(Hub, "MainPID")}/root"])
        {
            Assert.Equal("tmpfs 32768", await Machine.DoAsync($"echo $(stat -f -c %T {root}/var/lib/homehub/buffer.db-shm) $(stat -c %s {root}/var/lib/homehub/buffer.db-shm)"));
        }
    }

    /// <summary>A device is paired and read; the hub is killed, and stalls, and goes on each time.</summary>
    /// <returns>Observations at the relay.</returns>
    private static async Task<int> UseAsync(Laboratory lab, InstalledBoard board)
    {
        SystemClock.NoteSynchronised();
        await ConfigureAsync(await board.PlugInChipAsync());
        await lab.StartRelayAsync(Broker);
        await RadioIsReadyAsync(lab);
        await board.WorksAsync(lab);
        await board.ForgetsAsync(lab);
        await board.OpensWindowAsync();
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works"));
        await lab.PairAsync(device.Address, null, "--yes");
        await device.MeasureAsync();
        await lab.ArrivedOnceAsync(DeviceFiles.Second, device);
        await device.EndAsync();

        string pid = await Machine.PropertyAsync(Hub, "MainPID");
        await Machine.DoAsync($"systemctl kill -s KILL {Hub}");
        await StartedAgainAsync(pid);
        await MeasuredArrivesAsync(lab);

        // Nothing of a process that is stopped goes on, and so the watchdog is not fed.
        pid = await Machine.PropertyAsync(Hub, "MainPID");
        await Machine.DoAsync($"kill -STOP {pid}");
        await StartedAgainAsync(pid);
        Assert.Contains("Watchdog timeout", await Machine.DoAsync($"journalctl -u {Hub} --no-pager"), StringComparison.Ordinal);
        await MeasuredArrivesAsync(lab);
        return await lab.Api.CountMeasurementsAsync();
    }

    /// <summary>The device, started after the hub as everywhere here, measures; what it tells arrives, once.</summary>
    private static async Task MeasuredArrivesAsync(Laboratory lab)
    {
        await RadioIsReadyAsync(lab);
        int before = await lab.Api.CountMeasurementsAsync(), now = before;
        SimulatedPeripheral device = await lab.StartDeviceAsync(1, DeviceFiles.BloodPressure("just-works"));
        await device.MeasureAsync();
        int expected = before + device.Measured.SelectMany(Expectation.Of).Count();
        await Laboratory.HoldsAsync(async () => (now = await lab.Api.CountMeasurementsAsync()) >= expected, () => $"there are {expected} Observations, and not {now}");
        await device.EndAsync();
        Assert.Equal(expected, await lab.Api.CountMeasurementsAsync());
    }

    /// <summary>What an engineer sets. The watchdog's time is as it is; what it waits for a process that can't even end is shortened.</summary>
    private static async Task ConfigureAsync(string board)
    {
        await Machine.DoAsync($""" sed -i 's|"data":|"timeZone": "Europe/Madrid", "board": {board}, "data":|; s|"enabled": true|"enabled": true, "adapter": "hci0", "maxConnections": 1|' /etc/homehub/homehub.json """);
        await Machine.DoAsync($"mkdir -p /etc/systemd/system/{Hub}.d && printf '[Service]\\nTimeoutAbortSec=2\\n' > /etc/systemd/system/{Hub}.d/lab.conf && systemctl daemon-reload");
        // The hub is let set the light that is configured, and started anew.
        Assert.Contains("written: /etc/udev/rules.d", await Machine.DoAsync(Installer), StringComparison.Ordinal);
    }

    private static async Task AfterRestartAsync(Laboratory lab, int before)
    {
        SystemClock.NoteSynchronised();
        await lab.Stack.PlugInAsync();
        await Machine.HasAsync(Hub, "ActiveState", state => state == "active");
        await IndexIsInMemoryAsync();
        await lab.StartRelayAsync(Broker);
        Assert.Equal(before, await lab.Api.CountMeasurementsAsync());
        await MeasuredArrivesAsync(lab);
        await TellTimesAsync(lab);
        await AgainAsync(lab);
        await UpgradeAsync();
        await RemoveAsync(lab);
    }

    /// <summary>From the kernel's start on, by its own clock: an emulated machine, in which everything takes many times as long.</summary>
    private static async Task TellTimesAsync(Laboratory lab)
    {
        // The session ends, and is told, a moment after what it brought has arrived.
        string session = "";
        await Laboratory.HoldsAsync(async () => (session = await SessionAsync()).Length > 0, "the log tells of the session");
        double accepted = double.Parse(JsonSerializer.Deserialize<JsonElement>(session).GetProperty("__MONOTONIC_TIMESTAMP").GetString()!, CultureInfo.InvariantCulture) / 1e6;
        double begun = await Machine.SecondsAsync(Hub, "ExecMainStartTimestampMonotonic"), ready = await Machine.SecondsAsync(Hub, "ActiveEnterTimestampMonotonic");
        await lab.FigureAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"from boot, in the emulated machine: hub begun after {begun:0.0} s, ready after {ready:0.0} s, first reading accepted after {accepted:0.0} s (controllers and device are started by the laboratory meanwhile)"));
    }

    private static Task<string> SessionAsync() =>
        Machine.DoAsync($"journalctl -b -u {Hub} -o json --no-pager --grep ' [1-9][0-9]* values; connected after' | head -n 1");

    private static async Task AgainAsync(Laboratory lab)
    {
        string before = await FilesAsync(), pid = await Machine.PropertyAsync(Hub, "MainPID");
        string said = await Machine.DoAsync(Installer);
        Assert.Contains("Nothing had to be changed", said, StringComparison.Ordinal);
        Assert.Equal((before, pid), (await FilesAsync(), await Machine.PropertyAsync(Hub, "MainPID")));
        Assert.Contains("\"pid\"", await lab.CommandAsync("status", "--json"), StringComparison.Ordinal);
        (int exit, said) = await Machine.TryAsync($"{Installer} --broker mqtt://elsewhere:1883");
        Assert.True(exit == 1 && said.Contains("PROBLEM  broker", StringComparison.Ordinal) && said.Contains("nothing was changed", StringComparison.Ordinal), said);
        Assert.Equal((before, pid), (await FilesAsync(), await Machine.PropertyAsync(Hub, "MainPID")));
        Assert.Equal("%PDF", await Machine.DoAsync("/usr/local/bin/homehub label --pdf - | head -c 4"));
        (exit, said) = await Machine.TryAsync("setpriv --reuid 65534 --regid 65534 --clear-groups /usr/local/bin/homehub status");
        Assert.True(exit == 1 && said.Contains("sudo homehub status", StringComparison.Ordinal), said);
    }

    /// <summary>Another version takes the place of the one that runs; one that does not start leaves it, with the files that it had; and one ends that is started again and again.</summary>
    private static async Task UpgradeAsync()
    {
        await Machine.DoAsync($"cp -r {Laboratory.Programs}/homehub /tmp/next && echo next > /tmp/next/program/next");
        string pid = await Machine.PropertyAsync(Hub, "MainPID");
        Assert.Contains("written: /opt/homehub", await Machine.DoAsync("/tmp/next/install.sh"), StringComparison.Ordinal);
        Assert.NotEqual(pid, await Machine.PropertyAsync(Hub, "MainPID"));
        Assert.Equal("next", await Machine.DoAsync("cat /opt/homehub/next"));
        await Machine.DoAsync("echo broken > /tmp/next/program/homehub.dll && sed -i 's|homehub.dll run|& --of-the-next-version|' /tmp/next/tools/install/homehub.service");
        (int exit, string said) = await Machine.TryAsync("/tmp/next/install.sh");
        Assert.True(exit == 1 && said.Contains("the one of before runs again", StringComparison.Ordinal), said);
        Assert.Equal("active", await Machine.PropertyAsync(Hub, "ActiveState"));

        await Machine.DoAsync("cp /etc/homehub/homehub.json /tmp/next/ && echo nothing > /etc/homehub/homehub.json");
        await Machine.TryAsync($"systemctl restart {Hub}");
        await Machine.HasAsync(Hub, "NRestarts", times => times != "0");
        await Machine.DoAsync("cat /tmp/next/homehub.json > /etc/homehub/homehub.json");
        Assert.Contains("written: /opt/homehub", await Machine.DoAsync(Installer), StringComparison.Ordinal);
        Assert.Equal("active", await Machine.PropertyAsync(Hub, "ActiveState"));
        await Machine.DoAsync("rm -r /tmp/next");
    }

    private static async Task RemoveAsync(Laboratory lab)
    {
        long taken = (await lab.StatusAsync()).GetProperty("taken").GetInt64();
        await Machine.DoAsync(Installer + " --uninstall");
        Assert.Equal("not-found", await Machine.PropertyAsync(Hub, "LoadState"));
        Assert.Equal("/etc/homehub /var/lib/homehub", await Machine.DoAsync("ls -d /opt/homehub /usr/local/bin/homehub /etc/homehub /var/lib/homehub 2>/dev/null | tr '\\n' ' ' | sed 's/ $//'; true"));
        await Machine.DoAsync(Installer);
        Assert.Equal(taken, (await lab.StatusAsync()).GetProperty("taken").GetInt64());

        (int exit, string said) = await Machine.TryAsync(Installer + " --purge </dev/null");
        Assert.True(exit == 2 && said.Contains("--purge --yes", StringComparison.Ordinal), said);
        Assert.Equal("active", await Machine.PropertyAsync(Hub, "ActiveState"));
        await Machine.DoAsync(Installer + " --purge --yes");
        Assert.Equal("", await Machine.DoAsync("find / -xdev -iname '*homehub*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/run/log/*'"));
        Assert.Equal(2, (await Machine.TryAsync("getent passwd homehub")).Exit);
        Assert.Equal(2, (await Machine.TryAsync("getent group homehub")).Exit);
    }

    private static Task RadioIsReadyAsync(Laboratory lab) =>
        Laboratory.HoldsAsync(async () => (await lab.StatusAsync()).GetProperty("bluetooth").GetString() == "ready", "the hub's Bluetooth is ready");

    private static async Task StartedAgainAsync(string pid)
    {
        await Machine.HasAsync(Hub, "MainPID", now => now != pid && now != "0");
        await Machine.HasAsync(Hub, "ActiveState", state => state == "active");
    }

    private static Task<string> FilesAsync() => Machine.FilesAsync([.. Touched.Where(path => File.Exists(path) || Directory.Exists(path))]);
}
