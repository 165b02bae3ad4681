using HomeHub.Core.Acquisition;
using HomeHub.Core.Holding;
using HomeHub.Core.Identity;
using HomeHub.Core.People;
using Xunit;

namespace HomeHub.Testing.Holding;

/// <summary>What every implementation of <see cref="IHeldPayloads"/> does.</summary>
public abstract class HeldPayloadsContract
{
    /// <summary>The implementation, empty.</summary>
    protected abstract IHeldPayloads Held { get; }

    /// <summary>A payload with everything that a connection tells of it.</summary>
    protected static HeldPayload Payload(byte number, string boot = "boot-1") => new(
        new DevicePayload(
            "session-1",
            SampleReadings.Patient,
            new DeviceDescriptor { Address = "C0:FF:EE:00:00:01", AddressType = AddressType.Random, Services = [0x1810], HasWritableClock = true },
            null,
            new IncomingPayload(0x1810, 0x2A35, new[] { number }, SampleReadings.Start.AddSeconds(number)) { Monotonic = TimeSpan.FromSeconds(number), IsMinute = number == 2, IsToldAgain = number == 1 })
        {
            PairedAt = SampleReadings.Start.AddDays(-9),
            IsRequested = number == 1,
            Users = new DeviceUsers(
                null, SampleReadings.Start.AddDays(-8), UserSlots.Of([new UserSlot(1, SampleReadings.OtherPatient, SampleReadings.Start.AddDays(-7))]), SampleReadings.Start),
        },
        boot,
        TimeSpan.FromSeconds(100 + number));

    [Fact]
    public async Task What_is_held_comes_back_whole_in_its_order()
    {
        Assert.True(await Held.HoldAsync([Payload(1), Payload(2)], default));
        Assert.True(await Held.HoldAsync([Payload(3)], default));
        Assert.Equal(3, Held.Count);
        IReadOnlyList<HeldPayload> all = await Held.ReadAsync(0, 10, default);
        Assert.Equal([1, 2, 3], all.Select(one => (int)one.Payload.Payload.Octets.Span[0]));
        foreach ((HeldPayload one, int i) in all.Select((one, i) => (one, i)))
        {
            HeldPayload expected = Payload((byte)(i + 1));
            Assert.Equal((expected.BootId, expected.Uptime, null), (one.BootId, one.Uptime, one.BootedAt));
            Assert.Equal(expected.Payload with { Payload = default }, one.Payload with { Payload = default });
            Assert.Equal(expected.Payload.Payload with { Octets = default }, one.Payload.Payload with { Octets = default });
            Assert.Equal(expected.Payload.Payload.ReceivedAt.Offset, one.Payload.Payload.ReceivedAt.Offset);
        }
    }

    [Fact]
    public async Task It_is_read_in_parts_and_removed_up_to_a_number()
    {
        await Held.HoldAsync([Payload(1), Payload(2), Payload(3)], default);
        IReadOnlyList<HeldPayload> first = await Held.ReadAsync(0, 2, default);
        Assert.Equal(2, first.Count);
        await Held.RemoveAsync(first[1].Number, default);
        Assert.Equal(1, Held.Count);
        Assert.Equal(3, (int)Assert.Single(await Held.ReadAsync(first[1].Number, 2, default)).Payload.Payload.Octets.Span[0]);
        Assert.Equal(3, (int)Assert.Single(await Held.ReadAsync(0, 2, default)).Payload.Payload.Octets.Span[0]);
    }

    [Fact]
    public async Task The_first_word_on_a_start_stays_and_is_that_starts_alone()
    {
        await Held.HoldAsync([Payload(1), Payload(2, "boot-2")], default);
        await Held.NoteBootAsync("boot-1", SampleReadings.Start, default);
        await Held.NoteBootAsync("boot-1", SampleReadings.Start.AddHours(1), default);
        Assert.Equal([SampleReadings.Start.ToUniversalTime(), null], (await Held.ReadAsync(0, 9, default)).Select(one => one.BootedAt?.ToUniversalTime()));
    }
}
