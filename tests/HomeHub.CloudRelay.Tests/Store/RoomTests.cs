using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Tests.Store;

/// <summary>The room where a hub stands: a Location, of which that hub alone speaks.</summary>
public sealed class RoomTests
{
    private static readonly Guid Room = Guid.Parse("7b1d64d2-93a4-5b10-8d6e-0d2f6c1a4e11"), Reading = Guid.Parse("7b1d64d2-93a4-5b10-8d6e-0d2f6c1a4e12");
    private static readonly Guid First = new SampleBundle().Hub, Other = Guid.Parse("7b1d64d2-93a4-4b10-8d6e-0d2f6c1a4e13");

    [Fact]
    public void A_reading_of_the_room_is_stored_once_with_the_room()
    {
        using var store = new StoreFixture();
        Assert.Equal(4, store.Take(Bundle()).Stored.Count);
        Assert.Equal(4, store.Take(Bundle()).Duplicate.Count);
        Assert.Equal(4, store.Count("resource"));
    }

    [Fact]
    public void The_room_must_be_known_and_stands_in_no_bundle_of_a_person()
    {
        using var store = new StoreFixture();
        Assert.Equal(ReasonCode.UnknownReference, store.Take(new SampleBundle().WithDevices().WithTemperature(Reading, "2026-11-26T09:00:00+01:00").With("Patient/p1", $"urn:uuid:{Room}")).Reason);
        Assert.Equal(ReasonCode.MixedPatients, store.Take(Bundle().WithTemperature(Guid.NewGuid(), "2026-11-26T09:00:00+01:00")).Reason);
        Assert.Equal(0, store.Count("resource"));
    }

    /// <summary>A hub that is enrolled for no patient still stands in a room; another hub's room is not its to speak of, unless it took that hub's place.</summary>
    [Theory]
    [InlineData("[]", false)]
    [InlineData("[\"replaces:6d4a9d1e-6f0b-4a0e-9a54-2f6b8d0c1a00\"]", true)]
    public void With_an_enrolment_a_hub_speaks_of_its_own_room(string other, bool mayOther)
    {
        ReasonCode? expected = mayOther ? null : ReasonCode.NotEnrolled;
        var file = Path.GetTempFileName();
        File.WriteAllText(file, $$"""{"{{First}}":[],"{{Other}}":{{other}}}""");
        using var store = new StoreFixture(Enrolment.Load(file));
        File.Delete(file);
        Assert.Equal(ReasonCode.NotEnrolled, store.Take(Bundle(Guid.NewGuid())).Reason);
        Assert.Null(store.Take(Bundle()).Reason);
        Assert.Equal(expected, store.Take(Bundle(Other)).Reason);
        Assert.Equal(expected, store.Take(new SampleBundle { Hub = Other }.WithTemperature(Guid.NewGuid(), "2026-11-26T10:00:00+01:00").With("Patient/p1", $"urn:uuid:{Room}")).Reason);
        Assert.Null(store.Take(Bundle()).Reason);
    }

    private static SampleBundle Bundle(Guid? hub = null) => new SampleBundle { Hub = hub ?? First }
        .Add(Room, "Location", $$$"""{"resourceType":"Location","identifier":[{"system":"urn:ietf:rfc:3986","value":"urn:uuid:{{{Room}}}"}],"mode":"instance"}""", "urn:ietf:rfc:3986", $"urn:uuid:{Room}")
        .WithDevices().WithTemperature(Reading, "2026-11-26T09:00:00+01:00").With("Patient/p1", $"urn:uuid:{Room}");
}
