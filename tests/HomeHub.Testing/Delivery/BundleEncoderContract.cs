using System.Buffers;
using HomeHub.Core.Acquisition;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;
using Xunit;

namespace HomeHub.Testing.Delivery;

/// <summary>What every <see cref="IBundleEncoder"/> keeps to, the double and the real ones.</summary>
public abstract class BundleEncoderContract
{
    private static readonly HubIdentity Hub = HubIdentity.OfTools;

    private static readonly AcquiredReading[] Readings =
        [SampleReadings.BloodPressure(1), SampleReadings.BloodPressure(2, device: SampleReadings.Device(2)), SampleReadings.BloodPressure(3)];

    /// <summary>A new encoder.</summary>
    protected abstract IBundleEncoder Create();

    /// <summary>The same readings give the same bytes, by another encoder too.</summary>
    [Fact]
    public void The_same_readings_give_the_same_bytes()
    {
        (EncodedBundle first, byte[] bytes) = Encode(Create(), Readings, []);
        (EncodedBundle again, byte[] same) = Encode(Create(), [.. Readings.Select(reading => reading with { })], []);
        Assert.Equal(bytes, same);
        Assert.Equal(first.Id, again.Id);
        Assert.Equal(first.Entries, again.Entries);
    }

    /// <summary>Other readings, or other Devices along, give another Bundle.</summary>
    [Fact]
    public void Other_contents_give_another_Bundle()
    {
        IBundleEncoder encoder = Create();
        Guid[] ids =
        [
            Encode(encoder, Readings, []).Bundle.Id, Encode(encoder, Readings[..2], []).Bundle.Id,
            Encode(encoder, Readings, [encoder.ListDevices(Hub, Readings)[0].Id]).Bundle.Id,
        ];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    /// <summary>Every reading has entries of its own, and no UUID stands twice.</summary>
    [Fact]
    public void Every_reading_has_entries_and_no_entry_stands_twice()
    {
        EncodedBundle bundle = Encode(Create(), Readings, []).Bundle;
        Assert.Equal([0, 1, 2], bundle.Entries.Select(entry => entry.Reading).Where(reading => reading >= 0).Distinct().Order());
        Assert.Equal(bundle.Entries.Count, bundle.Entries.Select(entry => entry.Id).Distinct().Count());
        Assert.All(bundle.Entries, entry => Assert.InRange(entry.Reading, -1, 2));
    }

    /// <summary>A reading's entries are the same alone and among others.</summary>
    [Fact]
    public void A_reading_has_the_same_entries_alone_and_among_others()
    {
        IBundleEncoder encoder = Create();
        EncodedBundle all = Encode(encoder, Readings, []).Bundle;
        EncodedBundle alone = Encode(encoder, [Readings[1]], []).Bundle;
        Assert.Equal(
            all.Entries.Where(entry => entry.Reading == 1).Select(entry => entry.Id),
            alone.Entries.Where(entry => entry.Reading == 0).Select(entry => entry.Id));
    }

    /// <summary>Devices are listed once each, go along only when asked for, and have another hash when their content changes.</summary>
    [Fact]
    public void Devices_go_along_only_when_asked_for()
    {
        IBundleEncoder encoder = Create();
        IReadOnlyList<DeviceEntry> devices = encoder.ListDevices(Hub, Readings);
        Assert.Equal(devices.Count, devices.Select(device => device.Id).Distinct().Count());
        HashSet<Guid> ids = [.. devices.Select(device => device.Id)];
        Assert.DoesNotContain(Encode(encoder, Readings, []).Bundle.Entries, entry => ids.Contains(entry.Id));
        Assert.Equal(ids, Encode(encoder, Readings, ids).Bundle.Entries.Select(entry => entry.Id).Where(ids.Contains).ToHashSet());

        AcquiredReading changed = Readings[0] with
        {
            Device = Readings[0].Device with { Information = Readings[0].Device.Information with { Firmware = "9.9" } },
        };
        Assert.NotEqual(
            encoder.ListDevices(Hub, [Readings[0]]).Select(device => device.ContentHash).Order(),
            encoder.ListDevices(Hub, [changed]).Select(device => device.ContentHash).Order());
    }

    /// <summary>One by one, a reading gives the same resources as in a Bundle.</summary>
    [Fact]
    public void One_by_one_a_reading_gives_the_resources_of_the_Bundle()
    {
        IBundleEncoder encoder = Create();
        var given = new List<Guid>();
        encoder.EncodeResources(Hub, Readings[0], (id, json) =>
        {
            Assert.False(json.IsEmpty);
            given.Add(id);
        });
        EncodedBundle bundle = Encode(encoder, [Readings[0]], []).Bundle;
        Assert.All(bundle.Entries.Where(entry => entry.Reading == 0), entry => Assert.Contains(entry.Id, given));
    }

    private static (EncodedBundle Bundle, byte[] Bytes) Encode(
        IBundleEncoder encoder, IReadOnlyList<AcquiredReading> readings, IEnumerable<Guid> devices)
    {
        var output = new ArrayBufferWriter<byte>();
        EncodedBundle bundle = encoder.EncodeBundle(Hub, readings, devices.ToHashSet(), output);
        return (bundle, output.WrittenSpan.ToArray());
    }
}
