using System.Globalization;

namespace HomeHub.Gateway.Hub;

/// <summary>When a process was started.</summary>
internal static class ProcessStart
{
    /// <summary>Number of the field in /proc/PID/stat that tells it, counted from the one behind the name, which may hold blanks.</summary>
    private const int Field = 19;

    /// <summary>Ticks from the start of the system to that of the process; null where there is no such process, or the system does not tell.</summary>
    public static long? Read(int pid)
    {
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return long.Parse(fields[Field], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
