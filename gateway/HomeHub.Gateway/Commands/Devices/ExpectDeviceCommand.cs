using System.CommandLine;
using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary><c>homehub devices expect</c>: how often a measurement of a device is expected. Needs no radio.</summary>
internal static class ExpectDeviceCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        Argument<string> address = DeviceOptions.Address();
        var every = new Option<string?>("--every") { Description = "In which time something is expected at the latest: 12h, 1d, 7d, or never.", HelpName = "TIME" };
        var command = new ExampledCommand(
            "expect",
            "Says how often a measurement of a device is expected by the plan. When nothing came for longer, the hub's status shows it as silent, here and at the "
            + "platform.",
            "homehub devices expect C0:FF:EE:00:00:01 --every 1d --data ./data",
            "homehub devices expect C0:FF:EE:00:00:01 --every never --data ./data")
        {
            address, every, data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string device = DeviceOptions.ReadAddress(parsed.GetValue(address)!);
            TimeSpan? time = ReadEvery(parsed.GetValue(every));
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config))));
            IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
            await using (registry.ConfigureAwait(false))
            {
                return await RunAsync(io, registry, device, time, cancellation).ConfigureAwait(false);
            }
        });
        return command;
    }

    /// <summary>Notes it.</summary>
    /// <exception cref="UsageException">Nobody has set the device up.</exception>
    public static async Task<int> RunAsync(CommandIo io, IDeviceRegistry registry, string address, TimeSpan? every, CancellationToken cancellation)
    {
        if (!await registry.ExpectAsync(address, every, cancellation).ConfigureAwait(false))
        {
            throw AssignDeviceCommand.NotSetUp(address);
        }

        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync(every is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"A measurement of {address} is expected every {time.TotalHours:0} hours.")
            : $"No measurement of {address} is expected.").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    /// <summary>The time of <c>--every</c>; null for never.</summary>
    /// <exception cref="UsageException">It is none, too short or too long.</exception>
    internal static TimeSpan? ReadEvery(string? text)
    {
        if (text == "never")
        {
            return null;
        }

        bool isNumber = int.TryParse(text.AsSpan(0, Math.Max(0, (text?.Length ?? 0) - 1)), NumberStyles.None, CultureInfo.InvariantCulture, out int number);
        TimeSpan? time = isNumber && number <= 10_000 ? text![^1] switch { 'h' => TimeSpan.FromHours(number), 'd' => TimeSpan.FromDays(number), _ => null } : null;
        return time is { } every && every >= DeviceSilence.Shortest && every <= DeviceSilence.Longest
            ? every
            : throw new UsageException("--every must be hours or days, 1h to 366d, or never.");
    }
}
