using System.Globalization;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab;

/// <summary>
/// A home's wireless network on the kernel's simulated radios, and another machine in it: with a network namespace, a message bus and an Avahi of its own it finds the hub and
/// opens its pages as a phone does. A radio of its own lets it join the hub's own network too. The hub's side is NetworkManager, wpa_supplicant and Avahi as Debian has them.
/// </summary>
/// <param name="folder">For what the programs keep.</param>
internal sealed class HomeWifi(string folder) : IAsyncDisposable
{
    public const string Name = "Etxea", Passphrase = "kontuz-hemen-2026";

    /// <summary>Address of the router, and what begins the addresses that it gives.</summary>
    public const string Router = "10.77.0.1", Network = "10.77.0.";

    private const string Home = "home", HubRadio = "wlan0", RouterRadio = "wlan1", PhoneRadio = "wlan2", AvahiFolder = "/run/avahi-daemon";

    private readonly List<(string Name, Executable Program)> _programs = [];
    private readonly string _homeBus = $"unix:path={Path.Combine(folder, "home-bus")}";

    /// <summary>Starts it: the hub's machine hears the network and isn't in it yet.</summary>
    public async Task StartAsync()
    {
        Directory.CreateDirectory(folder);
        // NetworkManager takes an interface once udev has seen it.
        Start("udevd", "/lib/systemd/systemd-udevd");
        await RunAsync("/sbin/modprobe", "mac80211_hwsim", "radios=3");
        await Laboratory.HoldsAsync(() => Task.FromResult(HasRadio(HubRadio) && HasRadio(RouterRadio) && HasRadio(PhoneRadio)), "the kernel has three simulated radios");
        await RunAsync("/bin/udevadm", "trigger");
        await RunAsync("/sbin/ip", "netns", "add", Home);
        await RunAsync("/sbin/iw", "phy", "phy1", "set", "netns", "name", Home);
        await RunAsync("/sbin/iw", "phy", "phy2", "set", "netns", "name", Home);
        await StartRouterAsync();
        await StartServicesAsync();
    }

    /// <summary>The phone joins a network whenever it is there, and asks for an address.</summary>
    public async Task JoinWithPhoneAsync(string name, string key)
    {
        string phone = Path.Combine(folder, "phone.conf"), lease = Path.Combine(folder, "lease.sh");
        await File.WriteAllTextAsync(phone, $$"""
            network={
              ssid="{{name}}"
              key_mgmt=WPA-PSK
              psk="{{key}}"
            }
            """);
        await File.WriteAllTextAsync(lease, "#!/bin/sh\n[ \"$1\" != bound ] || /sbin/ip address replace \"$ip/$mask\" dev \"$interface\"\n");
        await RunAsync("/bin/chmod", "755", lease);
        await RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "link", "set", PhoneRadio, "up");
        Start("phone", "/sbin/ip", "netns", "exec", Home, "/sbin/wpa_supplicant", "-t", "-i", PhoneRadio, "-D", "nl80211", "-c", phone);
        Start("phone-address", "/sbin/ip", "netns", "exec", Home, "/bin/busybox", "udhcpc", "-f", "-i", PhoneRadio, "-s", lease, "-t", "100", "-T", "2");
    }

    /// <summary>The phone leaves that network, and forgets which names it heard there.</summary>
    public static Task LeaveWithPhoneAsync() => RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "link", "set", PhoneRadio, "down");

    /// <summary>The phone joins it again.</summary>
    public static Task ReturnWithPhoneAsync() => RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "link", "set", PhoneRadio, "up");

    /// <summary>Address that a name has, as the other machine finds it; null: nobody tells it.</summary>
    public async Task<string?> FindAsync(string name) => (await AskAvahiAsync("/usr/bin/avahi-resolve", "-4", "-n", name)).Split('\t', StringSplitOptions.TrimEntries) is [_, string address] ? address : null;

    /// <summary>Pages that are told in the network, a line each: interface, name of the service, host, address, port.</summary>
    public Task<string> FindPagesAsync() => AskAvahiAsync("/usr/bin/avahi-browse", "-rptk", "_https._tcp");

    /// <summary>Opens an address as the other machine in the network.</summary>
    /// <param name="url">With the name that it was found under.</param>
    /// <param name="address">The address that was found.</param>
    /// <returns>Status, 0 where nothing answers; the page.</returns>
    public async Task<(int Status, string Page)> OpenAsync(Uri url, string address) => Answer(await InHomeAsync(
        "/usr/bin/curl", "-sk", "--max-time", "10", "--resolve", string.Create(CultureInfo.InvariantCulture, $"{url.Host}:{url.Port}:{address}"), "-w", "\n%{http_code}", url.ToString()));

    /// <summary>Ends it all, and leaves what was said.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach ((string name, Executable program) in Enumerable.Reverse(_programs))
        {
            await program.KillAsync();
            await File.WriteAllTextAsync(Path.Combine(folder, name + ".log"), program.Output + program.Error);
            program.Dispose();
        }
    }

    /// <summary>What curl wrote, ended by the status.</summary>
    public static (int Status, string Page) Answer(string written)
    {
        int end = written.TrimEnd().LastIndexOf('\n');
        return (int.Parse(written[(end + 1)..].Trim(), CultureInfo.InvariantCulture), end < 0 ? "" : written[..end]);
    }

    private static bool HasRadio(string name) => Directory.Exists("/sys/class/net/" + name);

    private async Task StartRouterAsync()
    {
        string router = Path.Combine(folder, "router.conf");
        await File.WriteAllTextAsync(router, $$"""
            network={
              ssid="{{Name}}"
              mode=2
              frequency=2412
              key_mgmt=WPA-PSK
              proto=RSN
              pairwise=CCMP
              psk="{{Passphrase}}"
            }
            """);
        await RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "link", "set", "lo", "up");
        await RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "link", "set", RouterRadio, "up");
        await RunAsync("/sbin/ip", "netns", "exec", Home, "/sbin/ip", "address", "add", Router + "/24", "dev", RouterRadio);
        Start("router", "/sbin/ip", "netns", "exec", Home, "/sbin/wpa_supplicant", "-t", "-i", RouterRadio, "-D", "nl80211", "-c", router);
        Start("addresses", "/sbin/ip", "netns", "exec", Home, "/usr/sbin/dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--port=0", "--user=root", $"--interface={RouterRadio}", $"--dhcp-range={Network}10,{Network}20,1h",
            $"--dhcp-leasefile={Path.Combine(folder, "leases")}");

        // The other machine's own bus and Avahi, whose files are not those of the hub's machine.
        Start("home-bus", "/usr/bin/dbus-daemon", "--session", "--nofork", "--address=" + _homeBus);
        string avahi = await AvahiConfigurationAsync("home-avahi.conf", "the-other-machine");
        Start("home-avahi", "/sbin/ip", "netns", "exec", Home, "/usr/bin/unshare", "-m", "/bin/sh", "-c",
            $"mkdir -p {AvahiFolder} && mount -t tmpfs avahi {AvahiFolder} && DBUS_SYSTEM_BUS_ADDRESS={_homeBus} exec /usr/sbin/avahi-daemon --file {avahi} --no-drop-root --no-chroot --no-rlimits");
    }

    private async Task StartServicesAsync()
    {
        Directory.CreateDirectory("/etc/NetworkManager/conf.d");
        await File.WriteAllTextAsync("/etc/NetworkManager/conf.d/lab.conf", """
            [main]
            plugins=keyfile
            dhcp=internal
            auth-polkit=false
            rc-manager=unmanaged
            [device]
            wifi.scan-rand-mac-address=no
            """);
        Start("wpa_supplicant", "/sbin/wpa_supplicant", "-u", "-t");
        Start("networkmanager", "/usr/sbin/NetworkManager", "--debug", "--log-level=INFO");
        Directory.CreateDirectory(AvahiFolder);
        Start("avahi", "/usr/sbin/avahi-daemon", "--file", await AvahiConfigurationAsync("avahi.conf", "the-hubs-machine"), "--no-drop-root", "--no-chroot", "--no-rlimits");
    }

    private async Task<string> AvahiConfigurationAsync(string file, string host)
    {
        string path = Path.Combine(folder, file);
        await File.WriteAllTextAsync(path, $"[server]\nhost-name={host}\nuse-ipv4=yes\nuse-ipv6=no\n[wide-area]\nenable-wide-area=no\n[publish]\npublish-workstation=no\n[rlimits]\n");
        return path;
    }

    private Task<string> AskAvahiAsync(string program, params string[] arguments) => InHomeAsync("/usr/bin/env", ["DBUS_SYSTEM_BUS_ADDRESS=" + _homeBus, program, .. arguments]);

    private static async Task<string> InHomeAsync(string program, params string[] arguments)
    {
        using Executable command = Executable.Start("/sbin/ip", ["netns", "exec", Home, program, .. arguments]);
        await command.ExitAsync();
        return command.Output;
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using Executable command = Executable.Start(program, arguments);
        int exit = await command.ExitAsync();
        Assert.True(exit == 0, $"{program} {string.Join(' ', arguments)} ended with {exit}: {command.Error}");
    }

    private void Start(string name, string program, params string[] arguments) => _programs.Add((name, Executable.Start(program, arguments)));
}
