using System.Diagnostics;
using System.Globalization;

namespace HomeHub.Benchmarks;

/// <summary>A program that a benchmark started; what it says is kept for when it fails.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private const int MaxKeptLines = 200;

    private readonly Process _process;
    private readonly Queue<string> _said = new();

    private RunningProgram(Process process) => _process = process;

    public static RunningProgram Start(string file, params string[] arguments)
    {
        ProcessStartInfo start = new(file, arguments) { RedirectStandardError = true, RedirectStandardOutput = true };
        var program = new RunningProgram(Process.Start(start)!);
        program._process.OutputDataReceived += (_, e) => program.Keep(e.Data);
        program._process.ErrorDataReceived += (_, e) => program.Keep(e.Data);
        program._process.BeginOutputReadLine();
        program._process.BeginErrorReadLine();
        return program;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>A line of /proc/PID/status, in MiB; null when the process is gone.</summary>
    public double? MemoryMiB(string field)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{_process.Id}/status").FirstOrDefault(line => line.StartsWith(field + ":", StringComparison.Ordinal));
            return line is null ? null : double.Parse(line.Split(':')[1].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
        }
        catch (IOException)
        {
            return null;
        }
    }

    public async Task WaitForSuccessAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        await _process.WaitForExitAsync(deadline.Token);
        if (_process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{_process.StartInfo.FileName} ended with {_process.ExitCode}:\n{Said()}");
        }
    }

    public string Said()
    {
        lock (_said)
        {
            return string.Join('\n', _said);
        }
    }

    /// <summary>Kills it: the programs are made for that.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > MaxKeptLines)
            {
                _said.Dequeue();
            }
        }
    }
}
