using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Board;

/// <summary>Light and buzzer together: the light shows its pattern, but while a tune is said that it says too. Safe for several threads.</summary>
internal sealed class BoardVoice
{
    /// <summary>Most tunes that wait to be said; what comes on top is not.</summary>
    public const int MaxTunes = 4;

    private readonly BoardPorts _ports;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Channel<Tune> _tunes = Channel.CreateBounded<Tune>(new BoundedChannelOptions(MaxTunes) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _gate = new();
    private LightPattern _pattern;
    private bool _isSaying, _lightFailed, _buzzerFailed;

    /// <summary>Says nothing yet.</summary>
    public BoardVoice(BoardPorts ports, TimeProvider time, ILogger logger) => (_ports, _time, _logger) = (ports, time, logger);

    /// <summary>Shows a pattern, at once or after what is said.</summary>
    public void Show(LightPattern pattern)
    {
        lock (_gate)
        {
            _pattern = pattern;
            if (!_isSaying)
            {
                Set(pattern);
            }
        }
    }

    /// <summary>Says a tune after those that wait.</summary>
    public void Say(Tune tune) => _tunes.Writer.TryWrite(tune);

    /// <summary>Says what is to be said, until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (Tune tune in _tunes.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                await PlayAsync(tune, cancellation).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The hub ends; the ports are silent once they are disposed of.
        }
    }

    private async Task PlayAsync(Tune tune, CancellationToken cancellation)
    {
        Blink(tune, isOn: false);
        try
        {
            foreach (TimeSpan tone in tune.Tones)
            {
                await Task.Delay(Tune.Pause, _time, cancellation).ConfigureAwait(false);
                Blink(tune, isOn: true);
                Sound(true);
                await Task.Delay(tone, _time, cancellation).ConfigureAwait(false);
                Sound(false);
                Blink(tune, isOn: false);
            }

            await Task.Delay(tune.ShowsByLight ? Tune.Pause * 2 : TimeSpan.Zero, _time, cancellation).ConfigureAwait(false);
        }
        finally
        {
            Sound(false);
            lock (_gate)
            {
                _isSaying = false;
                Set(_pattern);
            }
        }
    }

    private void Blink(Tune tune, bool isOn)
    {
        if (!tune.ShowsByLight)
        {
            return;
        }

        lock (_gate)
        {
            _isSaying = true;
            Set(isOn ? LightPattern.Solid : LightPattern.Off);
        }
    }

    /// <summary>Within the gate. What does not work is told once, until it works again.</summary>
    private void Set(LightPattern pattern)
    {
        if (_ports.Light is { } light && _lightFailed == light.Show(pattern))
        {
            _lightFailed = !_lightFailed;
            _logger.Log(_lightFailed ? LogLevel.Warning : LogLevel.Information, "The light {Place} {Works}", light.Place, _lightFailed ? "does not work" : "works again");
        }
    }

    private void Sound(bool isOn)
    {
        if (_ports.Buzzer is { } buzzer && _buzzerFailed == buzzer.Sound(isOn))
        {
            _buzzerFailed = !_buzzerFailed;
            _logger.Log(_buzzerFailed ? LogLevel.Warning : LogLevel.Information, "The buzzer {Place} {Works}", buzzer.Place, _buzzerFailed ? "does not work" : "works again");
        }
    }
}
