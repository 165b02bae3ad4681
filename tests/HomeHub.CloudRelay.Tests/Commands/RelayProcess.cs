using System.Diagnostics;
using System.Runtime.InteropServices;

namespace HomeHub.CloudRelay.Tests.Commands;

/// <summary>The program as users start it, in a process of its own.</summary>
internal sealed partial class RelayProcess : IDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];

    public RelayProcess(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "homehub-relay.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, e) => Keep(e.Data);
        _process.ErrorDataReceived += (_, e) => Keep(e.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public bool HasExited => _process.HasExited;

    public int Id => _process.Id;

    public async Task<int> ExitAsync()
    {
        using var deadline = new CancellationTokenSource(RelayFixture.Patience);
        await _process.WaitForExitAsync(deadline.Token);
        return _process.ExitCode;
    }

    public void Terminate() => Assert.Equal(0, Kill(_process.Id, 15));

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private void Keep(string? line)
    {
        lock (_lines)
        {
            _lines.Add(line ?? "");
        }
    }
}
