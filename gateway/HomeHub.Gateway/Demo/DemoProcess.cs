using System.Diagnostics;
using System.Globalization;

namespace HomeHub.Gateway.Demo;

/// <summary>A process that the demonstration started. What it says goes to a log file of its own, also after the demonstration has ended.</summary>
internal sealed class DemoProcess : IDisposable
{
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(8);

    private readonly Process _process;

    private DemoProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program.</summary>
    /// <param name="logFile">Where its standard error goes, and its standard output when nobody reads it.</param>
    /// <param name="onLine">Who reads its standard output, line by line; null: nobody.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static DemoProcess Start(string logFile, Action<string>? onLine, string program, params string[] arguments)
    {
        // The shell only opens the log and then becomes the program, so that the log does not hang on this process.
        string redirect = onLine is null ? "exec \"$@\" >>\"$0\" 2>&1 </dev/null" : "exec \"$@\" 2>>\"$0\" </dev/null";
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("/bin/sh", ["-c", redirect, logFile, program, .. arguments]) { RedirectStandardOutput = onLine is not null },
        };
        if (onLine is not null)
        {
            process.OutputDataReceived += (_, line) =>
            {
                if (line.Data is { } text)
                {
                    onLine(text);
                }
            };
        }

        process.Start();
        if (onLine is not null)
        {
            process.BeginOutputReadLine();
        }

        return new DemoProcess(process);
    }

    /// <summary>Ends it the hard way, as a power cut would.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }
    }

    /// <summary>Asks it to end, and makes it end when it does not.</summary>
    public void End()
    {
        if (_process.HasExited)
        {
            return;
        }

        using (var kill = Process.Start("/bin/sh", ["-c", $"kill -TERM {_process.Id.ToString(CultureInfo.InvariantCulture)}"]))
        {
            kill.WaitForExit();
        }

        if (!_process.WaitForExit(EndLimit))
        {
            Kill();
        }
    }

    public void Dispose() => _process.Dispose();
}
