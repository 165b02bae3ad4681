using System.Diagnostics;
using System.Globalization;
using System.Text;
using Xunit;

namespace HomeHub.Testing.Programs;

/// <summary>A real executable, running: what it says is kept, and it can be killed like in a power cut.</summary>
public sealed class Executable : IDisposable
{
    /// <summary>Longest wait for an end.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Process _process;
    private readonly StringBuilder _output = new(), _error = new();

    private bool _isDisposed;

    private Executable(Process process) => _process = process;

    /// <summary>Path of the hub's executable, as it was built.</summary>
    public static string Hub => Find("gateway/HomeHub.Gateway/bin/{0}/net10.0/homehub");

    /// <summary>Path of the relay's executable.</summary>
    public static string Relay => Find("cloud-relay/HomeHub.CloudRelay/bin/{0}/net10.0/homehub-relay");

    /// <summary>Root of the repository.</summary>
    public static string Repository => FindRepository();

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string Output => Read(_output);

    public string Error => Read(_error);

    public static Executable Start(string path, params string[] arguments) => Start(path, new Dictionary<string, string>(), arguments);

    /// <summary>Starts one with more in its environment.</summary>
    public static Executable Start(string path, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo(path, arguments)
            {
                RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
            },
        };
        foreach ((string name, string value) in environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        var program = new Executable(process);
        process.OutputDataReceived += (_, line) => Keep(program._output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(program._error, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return program;
    }

    /// <summary>Gives it its standard input, whole.</summary>
    public async Task FeedAsync(string input)
    {
        await _process.StandardInput.WriteAsync(input);
        _process.StandardInput.Close();
    }

    /// <summary>Types a line for it.</summary>
    public async Task TypeAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit status.</returns>
    public Task<int> ExitAsync() => ExitAsync(Patience);

    /// <summary>Waits for the end, so long and no longer.</summary>
    /// <returns>The exit status.</returns>
    public async Task<int> ExitAsync(TimeSpan patience)
    {
        using var limit = new CancellationTokenSource(patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
            Assert.Fail($"{_process.StartInfo.FileName} did not end within {patience}:\n{Error}");
        }

        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
    }

    /// <summary>SIGTERM, then the end.</summary>
    public async Task<int> StopAsync()
    {
        await SignalAsync("TERM");
        return await ExitAsync();
    }

    /// <summary>SIGSTOP: it does nothing, but is there.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>SIGCONT: it goes on after <see cref="FreezeAsync"/>.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("/bin/kill", ["-" + name, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static void Keep(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            lock (text)
            {
                text.Append(line).Append('\n');
            }
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }

    private static string Find(string pattern)
    {
        string configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        string path = Path.Combine(FindRepository(), string.Format(CultureInfo.InvariantCulture, pattern, configuration));
        return File.Exists(path) ? path : throw new FileNotFoundException("Build the solution first.", path);
    }

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("HomeHub.sln was not found above the test's folder.");
    }
}
