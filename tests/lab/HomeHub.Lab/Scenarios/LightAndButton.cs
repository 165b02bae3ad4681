using System.Text.Json;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The box tells by light and sound how it is, and hears its button.</summary>
internal static class LightAndButton
{
    private const int Light = 0, Buzzer = 1, Button = 2, Taken = 3;

    /// <summary>Once on lines of a GPIO chip, once on the kernel's own classes.</summary>
    public static async Task TellAndAreHeardAsync(Laboratory lab)
    {
        await Machine.LoadAsync("evdev", "uinput", "uhid", "hid-cp2112");
        await OnLinesAsync(lab);
        await OnClassesAsync(lab);
    }

    private static async Task OnLinesAsync(Laboratory lab)
    {
        using var chip = new GpioChip();
        string file = "";
        await Laboratory.HoldsAsync(() => Task.FromResult((file = Directory.GetFiles("/dev", "gpiochip*").FirstOrDefault() ?? "").Length > 0), "the kernel has a GPIO chip");

        lab.Board = $$"""{ "light": "gpio:{{file}}:{{Light}}", "buzzer": "gpio:{{file}}:{{Buzzer}}", "button": "gpio:{{file}}:{{Button}},active-low" }""";
        await lab.StartHubAsync();
        JsonElement board = await BoardAsync(lab);
        Assert.All(["light", "buzzer", "button"], part => Assert.Equal("found", board.GetProperty(part).GetProperty("condition").GetString()));
        Assert.True(chip.IsOutput(Light) && chip.IsOutput(Buzzer) && !chip.IsOutput(Button) && !chip.IsOutput(Taken));
        await chip.Output(Light).BreathesAsync();

        chip.Output(Buzzer).Forget();
        await Press.ShortAsync(isPressed => chip.Pull(Button, !isPressed));
        await lab.HubSaysAsync("Asked by the button how it is: AllWell", 1, Laboratory.Patience);
        await chip.Output(Buzzer).SoundsAsync(1);

        await Press.LongAsync(isPressed => chip.Pull(Button, !isPressed));
        await lab.HubSaysAsync("The pairing window is open", 1, Laboratory.Patience);
        await chip.Output(Light).HurriesAsync();
        Assert.Equal("fast", (await BoardAsync(lab)).GetProperty("light").GetProperty("shows").GetString());

        await EndAsync(lab);
        Assert.False(chip.Output(Light).IsOn);
        Assert.False(chip.Output(Buzzer).IsOn);

        // A line that another program has is left to it. Killed, the kernel takes the hub's lines back, so that the next hub has them.
        await TakeAsync(Taken);
        lab.Board = $$"""{ "light": "gpio:{{file}}:{{Light}}", "buzzer": "gpio:{{file}}:{{Taken}}", "button": "off" }""";
        await lab.StartHubAsync();
        await lab.HubSaysAsync($"The buzzer gpio:{file}:{Taken} can't be used, the hub runs without it: line {Taken} of {file} can't be had: sysfs uses it", 1, Laboratory.Patience);
        await chip.Output(Light).BreathesAsync();
        await lab.Hub.KillAsync();
        await lab.StartHubAsync();
        await chip.Output(Light).BreathesAsync();
        await EndAsync(lab);
    }

    private static async Task OnClassesAsync(Laboratory lab)
    {
        using var panel = new InputPanel();
        string? led = null;
        await Laboratory.HoldsAsync(() => Task.FromResult((led = InputPanel.FindLed()) is not null), "the kernel has a light");
        // The button under its usual name, and the buzzer of the same device.
        lab.Board = $$"""{ "light": "led:{{led}}", "buzzer": "input:{{InputPanel.Name}}" }""";
        await lab.StartHubAsync();
        JsonElement board = await BoardAsync(lab);
        Assert.Equal($"input:{InputPanel.Name}", board.GetProperty("button").GetProperty("place").GetString());
        await panel.Light.BreathesAsync();
        Assert.Contains("[none]", await File.ReadAllTextAsync($"/sys/class/leds/{led}/trigger"), StringComparison.Ordinal);

        panel.Sound.Forget();
        await Press.ShortAsync(panel.Press);
        await lab.HubSaysAsync("Asked by the button how it is: AllWell", 1, Laboratory.Patience);
        await panel.Sound.SoundsAsync(1);

        await Press.LongAsync(panel.Press);
        await lab.HubSaysAsync("The pairing window is open", 1, Laboratory.Patience);
        await panel.Light.HurriesAsync();
        await EndAsync(lab);
        Assert.False(panel.Light.IsOn);
        Assert.Contains("[none]", await File.ReadAllTextAsync($"/sys/class/leds/{led}/trigger"), StringComparison.Ordinal);
    }

    /// <summary>Takes a line as other programs do, by the interface of old.</summary>
    private static async Task TakeAsync(int line)
    {
        string chip = Directory.GetDirectories("/sys/class/gpio", "gpiochip*").Single();
        int first = int.Parse(await File.ReadAllTextAsync(Path.Combine(chip, "base")), System.Globalization.CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync("/sys/class/gpio/export", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{first + line}"));
    }

    private static async Task<JsonElement> BoardAsync(Laboratory lab)
    {
        JsonElement board = default;
        await Laboratory.HoldsAsync(
            async () => (board = (await lab.StatusAsync()).GetProperty("board")).ValueKind == JsonValueKind.Object,
            "the status tells of the board");
        return board;
    }

    private static async Task EndAsync(Laboratory lab)
    {
        int exit = await lab.Hub.StopAsync();
        Assert.True(exit == 0, $"the hub ended with {exit}: {lab.HubLog}");
    }
}
