using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;
using HomeHub.Hardware.Inputs;
using HomeHub.Hardware.Kernel;
using HomeHub.Hardware.Leds;
using HomeHub.Hardware.Tests.Leds;
using Microsoft.Extensions.Logging;

namespace HomeHub.Hardware.Tests;

/// <summary>What is found of a board, over a record of the kernel's answers.</summary>
public sealed class BoardFinderTests : IDisposable, ILogger<BoardFinder>
{
    private readonly RecordedKernel _kernel = new();
    private readonly Dictionary<string, RecordedLed> _leds = [];
    private readonly List<string> _warnings = [];

    public void Dispose() => _kernel.Dispose();

    [Fact]
    public void A_board_without_any_has_none_and_says_nothing()
    {
        using BoardPorts ports = Open(new BoardOptions(), BoardCondition.None, BoardCondition.None, BoardCondition.None);
        Assert.True(ports.IsEmpty);
        Assert.Empty(_warnings);
    }

    [Fact]
    public void By_their_usual_names_they_are_found_as_lines()
    {
        _kernel.Chips["/dev/gpiochip0"] = [new RecordedLine(""), new RecordedLine("homehub-button")];
        _kernel.Chips["/dev/gpiochip1"] = [new RecordedLine("homehub-light"), new RecordedLine("homehub-buzzer")];
        using BoardPorts ports = Open(new BoardOptions(), BoardCondition.Found, BoardCondition.Found, BoardCondition.Found);
        Assert.Equal(("gpio:homehub-light", "gpio:homehub-buzzer", "gpio:homehub-button"), (ports.Light!.Place, ports.Buzzer!.Place, ports.Button!.Place));
    }

    [Fact]
    public void By_their_usual_names_they_are_found_in_the_kernels_classes()
    {
        _leds[BoardFinder.LedName] = new RecordedLed(255, "timer");
        _kernel.Inputs["/dev/input/event0"] = new RecordedInput("homehub-buzzer") { Sounds = [InputAbi.Tone] };
        _kernel.Inputs["/dev/input/event1"] = new RecordedInput("homehub-button") { Keys = [148] };
        using BoardPorts ports = Open(new BoardOptions(), BoardCondition.Found, BoardCondition.Found, BoardCondition.Found);
        Assert.Equal(("led:homehub:status", "input:homehub-buzzer", "input:homehub-button"), (ports.Light!.Place, ports.Buzzer!.Place, ports.Button!.Place));
    }

    [Fact]
    public void What_is_not_wanted_is_not_looked_for()
    {
        _kernel.Chips["/dev/gpiochip0"] = [new RecordedLine("homehub-light"), new RecordedLine("homehub-button")];
        using BoardPorts ports = Open(new BoardOptions { Light = BoardPlace.Off, Button = Place("gpio:/dev/gpiochip0:1") }, BoardCondition.Off, BoardCondition.None, BoardCondition.Found);
        Assert.Empty(_kernel.Chips["/dev/gpiochip0"][0].Asked);
        Assert.NotNull(ports.Button);
    }

    [Fact]
    public void What_is_configured_and_can_not_be_had_is_told_by_name_and_the_others_are_taken()
    {
        _kernel.Chips["/dev/gpiochip0"] = [new RecordedLine("a") { Refuses = LibC.Busy, User = "led0" }, new RecordedLine("b")];
        _kernel.Refusals["/dev/gpiochip9"] = LibC.AccessDenied;
        using BoardPorts ports = Open(
            new BoardOptions { Light = Place("gpio:a"), Buzzer = Place("gpio:/dev/gpiochip9:2"), Button = Place("gpio:b") }, BoardCondition.Busy, BoardCondition.NotPermitted, BoardCondition.Found);
        Assert.NotNull(ports.Button);
        Assert.Equal(
            [
                "The light gpio:a can't be used, the hub runs without it: line 0 of /dev/gpiochip0 can't be had: led0 uses it",
                "The buzzer gpio:/dev/gpiochip9:2 can't be used, the hub runs without it: /dev/gpiochip9 can't be opened: this user may not",
            ],
            _warnings);
    }

    [Fact]
    public void What_is_configured_and_not_there_is_told()
    {
        using BoardPorts ports = Open(
            new BoardOptions { Light = Place("led:green"), Buzzer = Place("input:beeper"), Button = Place("gpio:GPIO17") }, BoardCondition.NotFound, BoardCondition.NotFound, BoardCondition.NotFound);
        Assert.True(ports.IsEmpty);
        Assert.Equal(3, _warnings.Count);
    }

    [Fact]
    public void Two_lines_of_a_name_are_none()
    {
        _kernel.Chips["/dev/gpiochip0"] = [new RecordedLine("homehub-light"), new RecordedLine("homehub-light")];
        using BoardPorts ports = Open(new BoardOptions(), BoardCondition.Failed, BoardCondition.None, BoardCondition.None);
        Assert.Null(ports.Light);
        Assert.Contains("several GPIO lines are named homehub-light", Assert.Single(_warnings), StringComparison.Ordinal);
    }

    /// <summary>As on a Raspberry Pi, where a rule of the system keeps the chip's other name of before.</summary>
    [Fact]
    public void A_chip_that_has_a_link_to_it_has_each_line_once_and_is_opened_by_the_link_too()
    {
        string folder = Directory.CreateTempSubdirectory("homehub-chips-").FullName;
        try
        {
            string chip = Path.Combine(folder, "gpiochip0"), link = Path.Combine(folder, "gpiochip4"), second = Path.Combine(folder, "gpiochip10");
            File.WriteAllText(chip, "");
            File.WriteAllText(second, "");
            File.CreateSymbolicLink(link, "gpiochip0");
            Assert.Equal([chip, second], GpioChips.List(folder));

            _kernel.Chips[chip] = _kernel.Chips[link] = [new RecordedLine("homehub-light"), new RecordedLine("GPIO27")];
            using BoardPorts ports = Open(new BoardOptions { Button = new BoardPlace(BoardPlaceKind.Gpio) { Chip = link, Offset = 1 } }, () => GpioChips.List(folder), BoardCondition.Found, BoardCondition.None, BoardCondition.Found);
            Assert.Equal(("gpio:homehub-light", $"gpio:{link}:1"), (ports.Light!.Place, ports.Button!.Place));
            Assert.Empty(_warnings);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning)
        {
            _warnings.Add(formatter(state, exception));
        }
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private static BoardPlace Place(string text) => BoardPlace.TryParse(text)!;

    private BoardPorts Open(BoardOptions options, params BoardCondition[] conditions) => Open(options, _kernel.ListChips, conditions);

    private BoardPorts Open(BoardOptions options, Func<IReadOnlyList<string>> chips, params BoardCondition[] conditions)
    {
        FoundBoard found = new BoardFinder(options, TimeProvider.System, this, _kernel, chips, _kernel.ListInputs, name => _leds.TryGetValue(name, out RecordedLed? led) ? led : new NoLed()).Open();
        Assert.Equal(conditions, found.Parts.Select(part => part.Condition));
        return found.Ports;
    }

    private sealed class NoLed : ILedFiles
    {
        public string? Read(string file) => null;

        public bool Write(string file, string text) => false;
    }
}
