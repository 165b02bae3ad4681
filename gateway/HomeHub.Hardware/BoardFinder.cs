using HomeHub.Core.Board;
using HomeHub.Hardware.Gpio;
using HomeHub.Hardware.Inputs;
using HomeHub.Hardware.Kernel;
using HomeHub.Hardware.Leds;
using Microsoft.Extensions.Logging;

namespace HomeHub.Hardware;

/// <summary>Finds light, buzzer and button of the board, where they are configured or under their usual names. What can't be had is told in the log, and left out: the hub works without.</summary>
public sealed class BoardFinder
{
    /// <summary>The usual name of the light in the LED class.</summary>
    public const string LedName = "homehub:status";

    /// <summary>Where the LED class is.</summary>
    public const string LedFolder = "/sys/class/leds";

    /// <summary>Names of the parts, in the configuration and in reports.</summary>
    public const string Light = "light", Buzzer = "buzzer", Button = "button";

    private readonly BoardOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IKernel _kernel;
    private readonly GpioChips _chips;
    private readonly InputDevices _inputs;
    private readonly Func<string, ILedFiles> _leds;

    /// <summary>Looks at this machine.</summary>
    public BoardFinder(BoardOptions options, TimeProvider time, ILogger<BoardFinder> logger)
        : this(options, time, logger, LinuxKernel.Instance, GpioChips.List, InputDevices.List, name => new SysfsLedFiles(Path.Combine(LedFolder, name)))
    {
    }

    internal BoardFinder(
        BoardOptions options, TimeProvider time, ILogger<BoardFinder> logger, IKernel kernel, Func<IReadOnlyList<string>> chips, Func<IReadOnlyList<string>> inputs, Func<string, ILedFiles> leds)
    {
        (_options, _time, _logger, _kernel, _leds) = (options, time, logger, kernel, leds);
        (_chips, _inputs) = (new GpioChips(kernel, chips), new InputDevices(kernel, inputs));
    }

    /// <summary>Names of lines, and of input devices: <c>homehub-button</c>.</summary>
    public static string UsualName(string part) => "homehub-" + part;

    /// <summary>Takes what there is.</summary>
    public FoundBoard Open()
    {
        (IStatusLight? light, BoardPart lightPart) = Open<IStatusLight>(Light, _options.Light, OpenLight);
        (IBuzzer? buzzer, BoardPart buzzerPart) = Open<IBuzzer>(Buzzer, _options.Buzzer, OpenBuzzer);
        (IButton? button, BoardPart buttonPart) = Open<IButton>(Button, _options.Button, OpenButton);
        return new FoundBoard(new BoardPorts(light, buzzer, button), [lightPart, buzzerPart, buttonPart]);
    }

    private (T? Port, BoardPart Part) Open<T>(string part, BoardPlace place, Func<BoardPlace, T?> open)
        where T : class
    {
        if (place.Kind == BoardPlaceKind.Off)
        {
            return (null, new BoardPart(part, BoardCondition.Off, null));
        }

        BoardPlace where = place;
        try
        {
            foreach (BoardPlace candidate in place.Kind == BoardPlaceKind.Auto ? UsualPlaces(part) : [place])
            {
                where = candidate;
                if (open(candidate) is { } port)
                {
                    _logger.LogInformation("The {Part} is {Place}", part, candidate);
                    return (port, new BoardPart(part, BoardCondition.Found, candidate.ToString()));
                }
            }
        }
        catch (PlaceException error)
        {
            // Not wanted by name: a board without one, to a user who may not look, is no news.
            bool isNews = place.Kind != BoardPlaceKind.Auto || error.Condition is BoardCondition.Busy or BoardCondition.Failed;
            _logger.Log(isNews ? LogLevel.Warning : LogLevel.Debug, "The {Part} {Place} can't be used, the hub runs without it: {Reason}", part, where, error.Message);
            return (null, new BoardPart(part, error.Condition, where.ToString()));
        }

        if (place.Kind == BoardPlaceKind.Auto)
        {
            return (null, new BoardPart(part, BoardCondition.None, null));
        }

        _logger.LogWarning("The {Part} {Place} is not there, the hub runs without it", part, place);
        return (null, new BoardPart(part, BoardCondition.NotFound, place.ToString()));
    }

    /// <summary>Those that are there, by what they are named.</summary>
    private IEnumerable<BoardPlace> UsualPlaces(string part)
    {
        if (part == Light && _leds(LedName).Read("max_brightness") is not null)
        {
            yield return new BoardPlace(BoardPlaceKind.Led, LedName);
        }

        if (_chips.FindByName(UsualName(part)) is not null)
        {
            yield return new BoardPlace(BoardPlaceKind.Gpio, UsualName(part));
        }

        if (part != Light)
        {
            yield return new BoardPlace(BoardPlaceKind.Input, UsualName(part));
        }
    }

    private SwitchedLight OpenLight(BoardPlace place) => place.Kind == BoardPlaceKind.Led ? LedClassLight.Open(_leds(place.Name!), place, _time) : GpioLight.Open(_kernel, _chips.Find(place), place, _time);

    private IBuzzer? OpenBuzzer(BoardPlace place) => place.Kind == BoardPlaceKind.Gpio ? new GpioBuzzer(_kernel, _chips.Find(place), place)
        : _inputs.Open(place.Name!, InputAbi.Snd, InputAbi.Tone) is { } descriptor ? new InputBuzzer(descriptor, place) : null;

    private IButton? OpenButton(BoardPlace place) => place.Kind == BoardPlaceKind.Gpio ? OpenGpioButton(place)
        : _inputs.Open(place.Name!, InputAbi.Key, place.Key) is { } descriptor ? new InputButton(_kernel, descriptor, place, _time, _logger) : null;

    private GpioButton OpenGpioButton(BoardPlace place)
    {
        var button = new GpioButton(_kernel, _chips.Find(place), place, _logger);
        if (!button.IsDebounced)
        {
            _logger.LogInformation("The kernel does not debounce the button {Place}: the hub waits for its contacts itself", place);
        }

        return button;
    }
}
