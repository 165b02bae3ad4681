using System.Text.Json;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>Light, button and sensor on the board of an installed hub, as its user has them in its sandbox.</summary>
internal sealed class InstalledBoard : IDisposable
{
    private const int Buzzer = 1, Port = 8443;

    private const string Pin = "483920";

    private const string LightName = "the-light";

    // A light of a device of its own: the kernel stamps a key by what a light of the same device did.
    private readonly InputPanel _panel = new(), _light = new(LightName);
    private GpioChip? _chip;

    private InstalledBoard()
    {
    }

    /// <summary>A button and a sensor are there before the hub is installed.</summary>
    public static async Task<InstalledBoard> PlugInAsync()
    {
        await Machine.LoadAsync("evdev", "uinput", "uhid", "hid-cp2112", "mac80211_hwsim");
        var board = new InstalledBoard();
        await EmulatedSensor.PlugInAsync();
        return board;
    }

    /// <summary>A chip with lines comes after.</summary>
    /// <returns>The section <c>board</c> of the configuration.</returns>
    public async Task<string> PlugInChipAsync()
    {
        _chip = new GpioChip();
        string file = "";
        await Laboratory.HoldsAsync(() => Task.FromResult((file = Directory.GetFiles("/dev", "gpiochip*").FirstOrDefault() ?? "").Length > 0), "the kernel has a GPIO chip");
        await Machine.DoAsync("udevadm settle");
        Assert.Equal("root homehub 660", await Machine.DoAsync($"stat -c '%U %G %a' {file}"));
        return $$"""{"light": "led:{{InputPanel.FindLed(LightName)}}", "buzzer": "gpio:{{file}}:{{Buzzer}}"}""";
    }

    /// <summary>All of it works, the pages too, and the system lets the hub join networks.</summary>
    public async Task WorksAsync(Laboratory lab)
    {
        JsonElement board = default;
        await Laboratory.HoldsAsync(async () => (board = (await lab.StatusAsync()).GetProperty("board")).ValueKind == JsonValueKind.Object, "the status tells of the board");
        Assert.All(["light", "buzzer", "button"], part => Assert.Equal("found", board.GetProperty(part).GetProperty("condition").GetString()));
        Assert.Equal($"input:{InputPanel.Name}", board.GetProperty("button").GetProperty("place").GetString());
        await _light.Light.BreathesAsync();
        await Press.ShortAsync(_panel.Press);
        await _chip!.Output(Buzzer).SoundsAsync(1);

        using PagesVisitor nurse = await PagesVisitor.ClaimAsync(Port, await lab.CommandAsync("label"), Pin);
        Assert.Contains("25.1 °C", await nurse.ReadAsync("/status"), StringComparison.Ordinal);
        string permissions = await Machine.DoAsync("setpriv --reuid homehub --regid homehub --clear-groups nmcli -t -f PERMISSION,VALUE general permissions");
        Assert.Contains("org.freedesktop.NetworkManager.network-control:yes", permissions, StringComparison.Ordinal);
        Assert.Contains("org.freedesktop.NetworkManager.wifi.share.protected:yes", permissions, StringComparison.Ordinal);
        Assert.Contains("org.freedesktop.NetworkManager.wifi.scan:yes", permissions, StringComparison.Ordinal);
        Assert.Contains("org.freedesktop.NetworkManager.settings.modify.system:yes", permissions, StringComparison.Ordinal);
        Assert.DoesNotContain("org.freedesktop.NetworkManager.settings.modify.hostname:yes", permissions, StringComparison.Ordinal);
    }

    /// <summary>The button has NetworkManager forget a network of the home, and opens the hub's own: both are the hub's to do as its user, in its sandbox.</summary>
    public async Task ForgetsAsync(Laboratory lab)
    {
        await Machine.DoAsync("nmcli connection add type wifi con-name Etxea ifname wlan0 autoconnect no ssid Etxea");
        await Press.ResetAsync(_panel.Press);
        await Task.Delay(TimeSpan.FromSeconds(2));
        await Press.ShortAsync(_panel.Press);
        await Laboratory.HoldsAsync(async () => !(await Machine.DoAsync("nmcli -t -f NAME connection show")).Contains("Etxea", StringComparison.Ordinal), "NetworkManager has forgotten the network");
        await Laboratory.HoldsAsync(async () => (await lab.StatusAsync()).GetProperty("ownNetwork").GetString() == "open", "the hub's own network is open");
    }

    /// <summary>The button opens the pairing window; while that is open it has nothing else done.</summary>
    public async Task OpensWindowAsync()
    {
        await Press.LongAsync(_panel.Press);
        await _light.Light.HurriesAsync();
    }

    public void Dispose()
    {
        _chip?.Dispose();
        _panel.Dispose();
        _light.Dispose();
    }
}
