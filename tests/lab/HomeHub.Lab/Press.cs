namespace HomeHub.Lab;

/// <summary>A finger on the button, by what it means.</summary>
internal static class Press
{
    private static readonly TimeSpan ForShort = TimeSpan.FromMilliseconds(600), ForLong = TimeSpan.FromSeconds(5), ForReset = TimeSpan.FromSeconds(13);

    /// <summary>Asks how it is, or says yes to what was asked.</summary>
    public static Task ShortAsync(Action<bool> move) => HoldAsync(move, ForShort);

    /// <summary>Opens the pairing window.</summary>
    public static Task LongAsync(Action<bool> move) => HoldAsync(move, ForLong);

    /// <summary>Asks for a network reset.</summary>
    public static Task ResetAsync(Action<bool> move) => HoldAsync(move, ForReset);

    private static async Task HoldAsync(Action<bool> move, TimeSpan length)
    {
        move(true);
        await Task.Delay(length);
        move(false);
    }
}
