using HomeHub.Core.Board;
using HomeHub.Gateway.Configuration;

namespace HomeHub.Gateway.Hub;

/// <summary>Whether it is worth looking for light, buzzer and button, so that a machine without any does not even load what would look.</summary>
internal static class BoardSight
{
    /// <summary>Whether something is configured, or the machine has a GPIO chip, the usual light, or an input device.</summary>
    /// <param name="board">What is configured.</param>
    /// <param name="root">The root of the file system.</param>
    public static bool IsWorthLooking(BoardConfiguration board, string root = "/")
    {
        BoardPlaceKind[] kinds = [board.Light.Kind, board.Buzzer.Kind, board.Button.Kind];
        return kinds.Any(kind => kind is not (BoardPlaceKind.Auto or BoardPlaceKind.Off)) || (kinds.Contains(BoardPlaceKind.Auto) && HasAny(root));
    }

    private static bool HasAny(string root)
    {
        try
        {
            return Directory.Exists(Path.Combine(root, "sys/class/leds/homehub:status"))
                || (Directory.Exists(Path.Combine(root, "dev")) && Directory.EnumerateFiles(Path.Combine(root, "dev"), "gpiochip*").Any())
                || (Directory.Exists(Path.Combine(root, "dev/input")) && Directory.EnumerateFiles(Path.Combine(root, "dev/input"), "event*").Any());
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What may not be looked at is nothing to this user.
            return false;
        }
    }
}
