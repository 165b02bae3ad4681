namespace HomeHub.Core.Board;

/// <summary>Port: something on the box that makes one tone. It is silent after it was disposed of. Safe for several threads.</summary>
public interface IBuzzer : IDisposable
{
    /// <summary>Where it is, as a person configures it: <c>gpio:/dev/gpiochip0:22</c>.</summary>
    string Place { get; }

    /// <summary>Begins or ends the tone. Returns at once.</summary>
    /// <returns>False where the buzzer does not do it.</returns>
    bool Sound(bool isOn);
}
