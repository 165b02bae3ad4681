using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HomeHub.Core.Sessions;
using HomeHub.Core.Telemetry;

namespace HomeHub.BlueZ.Tests.Sessions;

/// <summary>Alone: instruments of all hubs in a process have the same names.</summary>
[Collection(nameof(SessionReportTests))]
[CollectionDefinition(nameof(SessionReportTests), DisableParallelization = true)]
public sealed class SessionReportTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_step_of_a_connection_is_measured_from_the_advertisement(bool isBonded)
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var steps = new ConcurrentQueue<(string Step, double Seconds)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == HubMetrics.Name && instrument.Name == "homehub.session.step_time")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, seconds, tags, _) =>
        {
            steps.Enqueue(((string)Assert.Single(tags.ToArray()).Value!, seconds));
        });
        listener.Start();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1 } };
        meter.Device.IsPaired = isBonded;
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        string[] encrypted = isBonded ? ["encrypted"] : [];
        Assert.Equal(["connected", .. encrypted, "resolved", "subscribed", "first-value", "done"], steps.Take(5 + encrypted.Length).Select(step => step.Step));
        double[] seconds = [.. steps.Take(5 + encrypted.Length).Select(step => step.Seconds)];
        Assert.Equal(seconds.Order(), seconds);
        Assert.InRange(seconds[0], 0, seconds[^1]);
    }

    [Fact]
    public async Task The_log_tells_each_step_and_holds_no_address_no_name_and_no_value()
    {
        await using HomeFixture home = await HomeFixture.StartAsync();
        var meter = new GlucoseMeter(home.StandIn) { Records = { 1, 2 } };
        await home.SetUpAsync(meter.Device);
        await home.RunSessionsAsync(1, meter.Device);
        meter.Records.Add(3);
        (meter.BreaksAfter, meter.Breaks) = (1, () => home.StandIn.DropAsync(meter.Device));
        await home.RunSessionsAsync(1, meter.Device);
        home.StandIn.Fail("StartNotify", "org.bluez.Error.Failed", "Operation failed with ATT error: 0x05");
        await home.RunSessionsAsync(1, meter.Device);

        string[] lines = [.. home.Log];
        Assert.Contains(lines, line => line.Contains($"Device {DeviceTag.Of(meter.Device.Address)}: 2 values; connected after ", StringComparison.Ordinal)
            && line.Contains("subscribed after ", StringComparison.Ordinal) && line.Contains("first value after ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("ended by InsufficientSecurity", StringComparison.Ordinal));
        string address = meter.Device.Address;
        string[] secrets =
        [
            address, address.Replace(':', '_'), address.Replace(":", "", StringComparison.Ordinal), "Meter", "Patient/p1",
            Convert.ToHexString(Household.Glucose(1))[..10],
        ];
        Assert.All(lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line, StringComparison.OrdinalIgnoreCase)));
    }
}
