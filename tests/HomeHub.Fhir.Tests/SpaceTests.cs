using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using HomeHub.Testing;

namespace HomeHub.Fhir.Tests;

/// <summary>A hub that took another one's history names everything as that one did, but for itself.</summary>
public sealed class SpaceTests
{
    private static readonly HubIdentity Old = new(Guid.Parse("11111111-2222-4333-8444-555555555555"), "02005EFFFE000001");
    private static readonly HubIdentity New = new(Guid.Parse("99999999-2222-4333-8444-555555555555"), "02005EFFFE000009");

    private readonly FhirEncoder _encoder = new("1.0.0");

    [Fact]
    public void Observations_patients_and_devices_keep_their_names_and_the_gateway_has_its_own()
    {
        AcquiredReading[] readings = [SampleReadings.BloodPressure(1, SampleReadings.OtherPatient), SampleReadings.Unstamped(2, SampleReadings.OtherPatient)];
        HubIdentity moved = New with { Space = Old.Id };
        Assert.Equal(Old.Id, Old.Space);
        Guid[] before = Ids(Old, readings), after = Ids(moved, readings), alien = Ids(New, readings);
        Assert.Equal(before.Length, after.Length);
        Assert.Single(before.Except(after));
        Assert.Empty(before.Intersect(alien));

        DeviceEntry[] was = [.. _encoder.ListDevices(Old, readings)], now = [.. _encoder.ListDevices(moved, readings)], own = [.. _encoder.ListDevices(New, readings)];
        Assert.Equal(was[1], now[1]);
        Assert.NotEqual(was[0].Id, now[0].Id);
        Assert.Equal(own[0], now[0]);
    }

    private Guid[] Ids(HubIdentity hub, AcquiredReading[] readings) =>
        [.. _encoder.EncodeBundle(hub, readings, _encoder.ListDevices(hub, readings).Select(device => device.Id).ToHashSet(), new ArrayBufferWriter<byte>()).Entries.Select(entry => entry.Id)];
}
