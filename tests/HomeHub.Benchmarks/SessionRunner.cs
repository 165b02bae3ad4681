using System.Globalization;
using HomeHub.BlueZ;
using HomeHub.Core.Peripherals;
using HomeHub.Testing;
using HomeHub.Testing.BlueZ;

namespace HomeHub.Benchmarks;

/// <summary>
/// The hub's own share of the time from an advertisement to subscribed: a stand-in for BlueZ on a real bus answers at once, and the time that it
/// takes for that is taken off. The bus's time counts as the hub's.
/// </summary>
internal static class SessionRunner
{
    private const int Rounds = 60;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await using PrivateBus bus = await PrivateBus.StartAsync();
        await using BlueZStandIn standIn = await BlueZStandIn.StartAsync(bus.Address);
        await using var central = new BlueZCentral(new BlueZOptions { BusAddress = bus.Address }, TimeProvider.System);
        await central.WaitReadyAsync(CancellationToken.None).WaitAsync(Programs.Patience);
        var meter = new StandInDevice(
            "C0:FF:EE:00:00:01",
            "Meter",
            new StandInCharacteristic(0x1808, 0x2A18, 0x0011, "notify"),
            new StandInCharacteristic(0x1808, 0x2A34, 0x0014, "notify"),
            new StandInCharacteristic(0x1808, 0x2A52, 0x0017, "write", "indicate"));
        await using IAsyncEnumerator<Advertisement> scan = central.ScanAsync(ScanFilter.Any, CancellationToken.None).GetAsyncEnumerator();
        List<double> shares = [];
        List<double> totals = [];
        for (int round = 0; round < Rounds; round++)
        {
            (double share, double total) = await MeasureAsync(standIn, central, meter, scan);
            shares.Add(share);
            totals.Add(total);
        }

        return
        [
            new(
                $"own share from an advertisement to subscribed (three characteristics), {Rounds} sessions, BlueZ's stand-in answering at once",
                "less than 300 ms",
                Spread(shares)),
            new("the same with the stand-in's own time", "none: it bounds the share from above", Spread(totals)),
        ];
    }

    private static string Spread(List<double> milliseconds)
    {
        milliseconds.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"median {milliseconds[Rounds / 2]:0.0} ms, longest {milliseconds[^1]:0.0} ms");
    }

    private static async Task<(double Share, double Total)> MeasureAsync(BlueZStandIn standIn, BlueZCentral central, StandInDevice meter, IAsyncEnumerator<Advertisement> scan)
    {
        Task<bool> heard = scan.MoveNextAsync().AsTask();
        await Programs.UntilAsync(() => Task.FromResult(standIn.IsScanning), "the hub to scan");
        TimeSpan busy = standIn.Busy;
        long began = TimeProvider.System.GetTimestamp();
        await standIn.AdvertiseAsync(meter);
        await heard.WaitAsync(Programs.Patience);
        await using IPeripheral peripheral = await central.ConnectAsync(
            scan.Current.Address, scan.Current.AddressType, Programs.Patience, CancellationToken.None);
        if (peripheral.Characteristics.Count != meter.Characteristics.Length)
        {
            throw new InvalidOperationException("Not all characteristics were found; the figure would be of something else.");
        }

        foreach (GattCharacteristic characteristic in peripheral.Characteristics)
        {
            await peripheral.SubscribeAsync(characteristic, CancellationToken.None);
        }

        TimeSpan total = TimeProvider.System.GetElapsedTime(began);
        return ((total - (standIn.Busy - busy)).TotalMilliseconds, total.TotalMilliseconds);
    }
}
