using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using HomeHub.Gateway.Demo;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub demo</c>, which <c>install.sh --demo</c> calls.</summary>
internal static class DemoCommand
{
    public static Command Create(CommandIo io)
    {
        var root = new Option<string>("--repository") { Description = "Root of the repository.", DefaultValueFactory = _ => Directory.GetCurrentDirectory() };
        var folder = new Option<string?>("--folder") { Description = "Where its files go; by default a folder of its own in demo-data." };
        var keep = new Option<bool>("--keep") { Description = "Leaves hub, relay and broker running." };
        var plain = new Option<bool>("--plain") { Description = "Plain lines, also on a terminal." };
        var command = new ExampledCommand(
            "demo", "Shows the way of readings from devices to the cloud relay and back as receipts. Called by install.sh --demo.", "homehub demo --plain")
        {
            root, folder, keep, plain,
        };
        command.Hidden = true;
        command.SetAction((parsed, cancellation) =>
        {
            string repository = Path.GetFullPath(parsed.GetRequiredValue(root));
            string run = io.Time.GetLocalNow().ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture);
            var options = new DemoOptions(
                Path.GetFullPath(parsed.GetValue(folder) ?? Path.Combine(repository, "demo-data", run)),
                Existing(repository, "cloud-relay/HomeHub.CloudRelay/bin/Release/net10.0/homehub-relay"),
                Existing(repository, "tests/captures/real-devices.ndjson"),
                "demo",
                parsed.GetValue(keep),
                parsed.GetValue(plain));
            return RunAsync(io, options, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, DemoOptions options, CancellationToken cancellation)
    {
        using StreamWriter text = io.OpenText();
        text.AutoFlush = true;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using PosixSignalRegistration interrupted = StopOn(PosixSignal.SIGINT, stop), terminated = StopOn(PosixSignal.SIGTERM, stop);
        using var demo = new DemoRunner(options, TextWriter.Synchronized(text), io.Time);
        bool keep = false;
        try
        {
            int exit = await demo.RunAsync(stop.Token).ConfigureAwait(false);
            keep = options.Keep;
            return exit;
        }
        catch (OperationCanceledException)
        {
            throw new CommandFailedException(
                stop.IsCancellationRequested ? "The demonstration was stopped." : $"The demonstration did not end within {DemoRunner.Limit.TotalMinutes} minutes; logs: {options.Folder}");
        }
        finally
        {
            demo.End(keep);
        }
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });

    private static string Existing(string repository, string path)
    {
        string full = Path.Combine(repository, path);
        return File.Exists(full) ? full : throw new UsageException($"--repository: there is no {path} in {repository}; install.sh --demo builds it.");
    }
}
