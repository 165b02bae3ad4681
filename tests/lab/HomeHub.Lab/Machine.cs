using System.Globalization;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Lab;

/// <summary>The guest as whoever installs something on it sees it: commands, services, files.</summary>
internal static class Machine
{
    /// <summary>Runs a command of the shell.</summary>
    /// <returns>How it ended, and what it said.</returns>
    public static async Task<(int Exit, string Said)> TryAsync(string command)
    {
        using Executable shell = Executable.Start("/bin/sh", "-c", command);
        int exit = await shell.ExitAsync(Laboratory.Patience);
        return (exit, shell.Output + shell.Error);
    }

    /// <summary>The same; it must end well.</summary>
    public static async Task<string> DoAsync(string command)
    {
        (int exit, string said) = await TryAsync(command);
        Assert.True(exit == 0, $"{command} ended with {exit}: {said}");
        return said.Trim();
    }

    /// <summary>Loads modules of the kernel.</summary>
    public static Task LoadAsync(params string[] modules) => DoAsync($"/sbin/modprobe -a {string.Join(' ', modules)}");

    /// <summary>A property of a service.</summary>
    public static Task<string> PropertyAsync(string service, string name) => DoAsync($"systemctl show -p {name} --value {service}");

    /// <summary>Waits until a service has the property.</summary>
    public static Task HasAsync(string service, string name, Func<string, bool> holds, TimeSpan? limit = null)
    {
        string last = "";
        return Laboratory.HoldsAsync(async () => holds(last = await PropertyAsync(service, name)), () => $"{service} has the right {name}, and not {last}", limit);
    }

    /// <summary>Since the kernel began, in seconds, of a property that tells it in microseconds.</summary>
    public static async Task<double> SecondsAsync(string service, string property) =>
        double.Parse(await PropertyAsync(service, property), CultureInfo.InvariantCulture) / 1e6;

    /// <summary>Everything below folders as it stands: kind, rights, owner, size, time of change and inode of each file.</summary>
    public static Task<string> FilesAsync(params string[] folders) => DoAsync($"find {string.Join(' ', folders)} -printf '%y %m %u %g %s %T@ %i %p\n' | sort -k8");
}
