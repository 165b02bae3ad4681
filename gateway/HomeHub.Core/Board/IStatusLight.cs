namespace HomeHub.Core.Board;

/// <summary>Port: the one light on the box. It is dark after it was disposed of. Safe for several threads.</summary>
public interface IStatusLight : IDisposable
{
    /// <summary>Where it is, as a person configures it: <c>led:homehub:status</c>.</summary>
    string Place { get; }

    /// <summary>Shows a pattern until another one is shown; one that is shown already goes on undisturbed. Returns at once.</summary>
    /// <returns>False where the light does not do it: it went away, or this user may not.</returns>
    bool Show(LightPattern pattern);
}
