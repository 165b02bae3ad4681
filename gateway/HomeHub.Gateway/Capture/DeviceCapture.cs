using HomeHub.Core.Acquisition;
using HomeHub.Core.Capture.Recording;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Sessions;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Capture;

/// <summary>One capture: hear the device, connect, record, write the file and say what is in it.</summary>
internal sealed class DeviceCapture
{
    /// <summary>Longest wait for the device to be heard: time to find its button.</summary>
    public static readonly TimeSpan HearLimit = TimeSpan.FromMinutes(2);

    /// <summary>Longest time of connecting and finding the services.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(30);

    /// <summary>Whose a device is that was set up for nobody.</summary>
    public static readonly PatientReference Nobody = new("Patient/nobody");

    public required string Address { get; init; }

    /// <summary>The device as it was set up; null where it was not.</summary>
    public RegisteredDevice? Registered { get; init; }

    /// <summary>Whether everything is kept as it came.</summary>
    public bool IsRaw { get; init; }

    /// <summary>Whether somebody said that the device may be a patient's.</summary>
    public bool IsAllowed { get; init; }

    /// <summary>How long to listen; null: until the device has told all.</summary>
    public TimeSpan? Listens { get; init; }

    /// <summary>What is done otherwise for the device because of its model.</summary>
    public Func<RegisteredDevice, string?, DeviceTraits> Traits { get; init; } = (_, _) => DeviceTraits.None;

    /// <summary>Days that an anonymised capture is moved by; null: by chance.</summary>
    public int? ShiftDays { get; init; }

    /// <summary>Captures.</summary>
    /// <returns>The exit status: 1 when the device failed and not only went.</returns>
    /// <exception cref="CommandFailedException">It was not heard.</exception>
    /// <exception cref="UsageException">It may be a patient's, and nobody said that this is all right.</exception>
    /// <exception cref="PeripheralException">It could not be connected.</exception>
    public async Task<int> RunAsync(CommandIo io, ICentral central, CancellationToken stop)
    {
        await io.Error.WriteLineAsync($"Listening for {Address}: wake the device, or take a measurement with it. What it sends now reaches this file and not the hub.")
            .ConfigureAwait(false);
        if (await HearAsync(central, io.Time, stop).ConfigureAwait(false) is not { } heard)
        {
            await io.Error.WriteLineAsync("Ended before it was heard; the capture is empty.").ConfigureAwait(false);
            return ExitCodes.Done;
        }

        if (heard.IsBonded && Registered is null && !IsAllowed)
        {
            throw new UsageException("This device is bonded with the adapter, so it may be a patient's: name --data DIR, by which it was set up, or --yes.");
        }

        await io.Error.WriteLineAsync("Heard. Connecting.").ConfigureAwait(false);
        RegisteredDevice device = Registered ?? new RegisteredDevice
        {
            Address = Address, AddressType = heard.AddressType, Name = heard.Name, Patient = Nobody, PairedAt = io.Time.GetUtcNow(),
        };
        var file = new CaptureFile(io, device, IsRaw, ShiftDays);
        using var full = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, full.Token);
        PeripheralException? fault = null;
        try
        {
            IPeripheral link = await central.ConnectAsync(device.Address, device.AddressType, ConnectLimit, ending.Token).ConfigureAwait(false);
            await using (link.ConfigureAwait(false))
            {
                await io.Error.WriteLineAsync("Connected. Ctrl-C ends it; the file is complete then too.").ConfigureAwait(false);
                var recording = new DeviceRecording(device, model => Traits(device, model), io.Time) { Listens = Listens, TakesUnknown = IsRaw };
                await recording.RunAsync(
                    link,
                    value =>
                    {
                        if (!file.Take(value))
                        {
                            full.Cancel();
                        }
                    },
                    ending.Token).ConfigureAwait(false);
            }
        }
        catch (PeripheralException error)
        {
            fault = error;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Ended while it was connected; told with the rest.
        }

        await file.CompleteAsync().ConfigureAwait(false);
        return await SayAsync(io, fault, file.Count).ConfigureAwait(false);
    }

    /// <summary>Devices end the connection themselves once they have told all; that is no failure.</summary>
    private static async Task<int> SayAsync(CommandIo io, PeripheralException? fault, int count)
    {
        if (fault is null)
        {
            return ExitCodes.Done;
        }

        string advice = fault.Fault == PeripheralFault.InsufficientSecurity ? " Set it up first: homehub devices pair." : "";
        await io.Error.WriteLineAsync($"{fault.Message}{advice}").ConfigureAwait(false);
        return fault.Fault == PeripheralFault.Disconnected && count > 0 ? ExitCodes.Done : ExitCodes.Failed;
    }

    private async Task<Advertisement?> HearAsync(ICentral central, TimeProvider time, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(HearLimit, time);
        using var listening = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        try
        {
            await foreach (Advertisement heard in central.ScanAsync(new ScanFilter { Addresses = [Address] }, listening.Token).ConfigureAwait(false))
            {
                return heard;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (OperationCanceledException)
        {
            // Told below.
        }

        throw new CommandFailedException(
            $"{Address} was not heard for {HearLimit.TotalSeconds:0} s. Is it awake, near, and connected neither to a phone nor to a hub that runs? homehub devices scan --all shows what is near.");
    }
}
