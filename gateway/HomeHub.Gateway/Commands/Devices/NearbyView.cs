using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Hub;
using HomeHub.Profiles.Catalogue;
using Spectre.Console;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>Listens, and shows who is near: live on a terminal, as a table at the end where there is none, as lines for scripts.</summary>
/// <param name="io">Where to.</param>
/// <param name="folder">Data folder by which devices that were set up are known; null when none is named.</param>
/// <param name="models">The device models that are known.</param>
/// <param name="listensToAll">Whether everything that advertises is shown; else health services, and names of the catalogue.</param>
internal sealed class NearbyView(CommandIo io, string? folder, DeviceCatalogue models, bool listensToAll)
{
    private static readonly TimeSpan FrameInterval = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(1);

    private readonly NearbyDevices _nearby = new(io.Time);
    private readonly Lock _lock = new();
    private IReadOnlyDictionary<string, RegisteredDevice> _registered = new Dictionary<string, RegisteredDevice>();

    /// <summary>Listens for <paramref name="length"/>; with JSON one line a device at the end.</summary>
    public async Task<int> ScanAsync(ICentral central, TimeSpan length, bool asJson, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(length, io.Time);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        await LoadRegisteredAsync(cancellation).ConfigureAwait(false);
        Task listens = ListenAsync(central, _ => { }, listening.Token);
        await ShowWhileAsync(listens, !asJson && IsTerminal).ConfigureAwait(false);
        if (asJson)
        {
            foreach (Advertisement device in _nearby.ByDistance())
            {
                DeviceJson.Write(io.Out, device, _registered.GetValueOrDefault(device.Address), models.Find(device));
            }
        }
        else if (!IsTerminal)
        {
            using StreamWriter text = io.OpenText();
            ConsoleOn(text).Write(Table());
        }

        if (!asJson && _nearby.ByDistance().Count == 0)
        {
            await io.Error.WriteLineAsync("Nothing was heard. Wake the device (take a measurement, or hold its Bluetooth button), or try --all.").ConfigureAwait(false);
        }

        return ExitCodes.Done;
    }

    /// <summary>Listens until cancelled.</summary>
    public async Task<int> WatchAsync(ICentral central, bool asJson, CancellationToken cancellation)
    {
        await LoadRegisteredAsync(cancellation).ConfigureAwait(false);
        var printed = new Dictionary<string, long>();
        void Print(Advertisement device, bool isNews)
        {
            if (!isNews && printed.TryGetValue(device.Address, out long last) && io.Time.GetElapsedTime(last) < LineInterval)
            {
                return;
            }

            if (printed.Count > NearbyDevices.MaxDevices)
            {
                printed.Clear();
            }

            printed[device.Address] = io.Time.GetTimestamp();
            if (asJson)
            {
                DeviceJson.Write(io.Out, device, _registered.GetValueOrDefault(device.Address), models.Find(device));
            }
            else if (isNews && !IsTerminal)
            {
                using StreamWriter text = io.OpenText();
                string services = string.Join(", ", device.Services.Select(NearbyDevices.NameOf));
                text.WriteLine($"{device.Address}  {DeviceTable.Printable(device.Name)}  {DeviceTable.ModelOf(device, models)}  {services}");
            }
        }

        Task listens = ListenAsync(central, heard => Print(heard.Device, heard.IsNews), cancellation);
        await ShowWhileAsync(listens, !asJson && IsTerminal).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static bool IsTerminal => !Console.IsOutputRedirected;

    private static IAnsiConsole ConsoleOn(TextWriter output) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(output) });

    private async Task LoadRegisteredAsync(CancellationToken cancellation)
    {
        if (folder is null || !Directory.Exists(folder))
        {
            return;
        }

        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
        await using (registry.ConfigureAwait(false))
        {
            _registered = (await registry.ListAsync(cancellation).ConfigureAwait(false)).ToDictionary(device => device.Address);
        }
    }

    private async Task ListenAsync(ICentral central, Action<(Advertisement Device, bool IsNews)> heard, CancellationToken cancellation)
    {
        try
        {
            await foreach (Advertisement advertisement in central.ScanAsync(listensToAll ? ScanFilter.Any : models.Filter(NearbyDevices.HealthServices), cancellation).ConfigureAwait(false))
            {
                (Advertisement, bool) entry;
                lock (_lock)
                {
                    entry = _nearby.Take(advertisement);
                }

                heard(entry);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // That is how listening ends.
        }
    }

    private async Task ShowWhileAsync(Task listens, bool live)
    {
        if (live)
        {
            await AnsiConsole.Live(Table()).StartAsync(async screen =>
            {
                while (!listens.IsCompleted)
                {
                    await Task.WhenAny(listens, Task.Delay(FrameInterval, io.Time)).ConfigureAwait(false);
                    screen.UpdateTarget(Table());
                }
            }).ConfigureAwait(false);
        }

        await listens.ConfigureAwait(false);
    }

    private Table Table()
    {
        lock (_lock)
        {
            return DeviceTable.OfNearby(_nearby, _registered, models);
        }
    }
}
