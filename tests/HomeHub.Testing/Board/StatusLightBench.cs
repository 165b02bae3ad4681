using HomeHub.Core.Board;

namespace HomeHub.Testing.Board;

/// <summary>A light, with somebody who looks at it.</summary>
public abstract class StatusLightBench : IDisposable
{
    /// <summary>The light.</summary>
    public abstract IStatusLight Light { get; }

    /// <summary>What a person makes of it who looks for some seconds.</summary>
    public abstract LightPattern See();

    /// <summary>What is seen of a light that is on or off, looked at every 25 ms for 8 s.</summary>
    public static LightPattern Judge(Func<bool> isOn, Action<TimeSpan> pass)
    {
        const int looks = 320;
        int changes = 0, lit = 0;
        bool was = isOn();
        for (int i = 0; i < looks; i++)
        {
            pass(TimeSpan.FromMilliseconds(25));
            bool now = isOn();
            changes += now == was ? 0 : 1;
            lit += now ? 1 : 0;
            was = now;
        }

        return changes switch
        {
            0 => lit == 0 ? LightPattern.Off : LightPattern.Solid,
            >= 2 and <= 6 => LightPattern.Breathing,
            >= 40 => LightPattern.Fast,
            _ => throw new InvalidOperationException($"{changes} changes in 8 s are none of the patterns"),
        };
    }

    /// <inheritdoc/>
    public virtual void Dispose()
    {
        Light.Dispose();
        GC.SuppressFinalize(this);
    }
}
