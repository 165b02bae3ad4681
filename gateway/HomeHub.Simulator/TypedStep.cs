using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using HomeHub.Core.Naming;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulator;

/// <summary>A step of a device's script as a person types it: <c>measure 3</c>, <c>disconnect</c>, <c>set-clock -259200</c>.</summary>
internal static class TypedStep
{
    /// <summary>Reads a line. An empty one is no step and no error.</summary>
    public static bool TryParse(string line, [NotNullWhen(true)] out ScriptStep? step, out string? error)
    {
        (step, error) = (null, null);
        string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length == 0)
        {
            return false;
        }

        ScriptAction[] actions = [.. Enum.GetValues<ScriptAction>().Where(action => NameOf(action) == words[0])];
        if (actions.Length == 0)
        {
            error = $"\"{words[0]}\" is nothing that a device does. It does: {string.Join(", ", Enum.GetValues<ScriptAction>().Select(NameOf))}.";
            return false;
        }

        step = words.Length switch
        {
            1 when actions[0] != ScriptAction.SetClock => new ScriptStep { Do = actions[0] },
            2 => WithNumber(actions[0], words[1]),
            _ => null,
        };
        error = step is null ? $"{words[0]}: too many words, or the number is missing, not one, or not in its range." : null;
        return step is not null;
    }

    private static ScriptStep? WithNumber(ScriptAction action, string word)
    {
        bool isCount = int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= DeviceFile.MaxStoredRecords;
        bool isNumber = double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number);
        return action switch
        {
            ScriptAction.Measure when isCount => new ScriptStep { Do = action, Count = count },
            ScriptAction.Disconnect when isCount => new ScriptStep { Do = action, AfterRecord = count },
            ScriptAction.SetClock when isNumber => new ScriptStep { Do = action, OffsetSeconds = number },
            _ => null,
        };
    }

    private static string NameOf(ScriptAction action) => KebabName.Of(action);
}
