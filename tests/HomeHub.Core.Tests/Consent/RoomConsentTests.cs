using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Testing;
using HomeHub.Testing.Climate;
using HomeHub.Testing.Consent;

namespace HomeHub.Core.Tests.Consent;

/// <summary>What is of the room goes while everybody who lives there gives it.</summary>
public sealed class RoomConsentTests : IAsyncDisposable
{
    private static readonly PatientReference One = SampleReadings.Patient, Other = SampleReadings.OtherPatient;

    private readonly ResidentsDouble _residents = new();
    private readonly InMemoryConsentBook _book = new();
    private readonly HouseholdConsents _consents;

    public RoomConsentTests() => _consents = new HouseholdConsents(_book, _residents);

    [Fact]
    public async Task Everybody_has_to_give_it_and_nobody_gives_it_where_nobody_lives()
    {
        await GiveAsync(One);
        Assert.False(MayGo());
        _residents.Set();
        Assert.False(MayGo());
        _residents.Set(One);
        Assert.True(MayGo());
        _residents.Set(One, Other);
        Assert.False(MayGo());
        await GiveAsync(Other);
        Assert.True(MayGo());
        Assert.False(_consents.State.Permits(SampleRoom.Reading(1), new Recipient("family")));
        await _book.DecideAsync([SampleConsents.Not(One, DataKinds.Room)], default);
        Assert.False(MayGo());
        _residents.SetAfter(SampleRoom.Reading(1).Effective.Instant, Other);
        Assert.False(MayGo());
        Assert.True(_consents.State.Permits(SampleRoom.Reading(2), Recipient.CareTeam));
        _residents.Set(null);
        Assert.False(MayGo());
    }

    /// <summary>"All" was said before there was a room to speak of, and is said of what devices tell of a person.</summary>
    [Fact]
    public async Task All_kinds_of_a_person_are_not_the_room()
    {
        Assert.DoesNotContain(DataKinds.Room, DataKindNames.OfPerson);
        Assert.Equal(DataKindNames.All.Count - 1, DataKindNames.OfPerson.Count);
        _residents.Set(One);
        await _book.DecideAsync([.. DataKindNames.OfPerson.Select(kind => SampleConsents.Given(One, kind))], default);
        Assert.False(MayGo());
    }

    [Fact]
    public async Task Each_chooses_since_when_and_the_latest_day_counts()
    {
        _residents.Set(One, Other);
        await GiveAsync(One);
        await _book.DecideAsync([SampleConsents.Given(Other, DataKinds.Room) with { From = SampleReadings.Start.AddMinutes(5) }], default);
        Assert.False(_consents.State.Permits(SampleRoom.Reading(4), Recipient.CareTeam));
        Assert.True(_consents.State.Permits(SampleRoom.Reading(5), Recipient.CareTeam));
    }

    /// <summary>The buffer is gone through, and Bundles under way are looked at again, when the version changes.</summary>
    [Fact]
    public async Task Its_version_grows_with_decisions_and_with_who_lives_here()
    {
        ConsentState first = _consents.State;
        Assert.Same(first, _consents.State);
        _residents.Set(One);
        ConsentState second = _consents.State;
        Assert.True(second.Version > first.Version);
        await GiveAsync(One);
        ConsentState third = _consents.State;
        Assert.True(third.Version > second.Version);
        Assert.Same(third, _consents.State);
        Assert.Equal(ConsentAnswer.Given, third.Find(One, DataKinds.Room, Recipient.CareTeam)!.Answer);
    }

    [Fact]
    public async Task Without_anybody_who_can_tell_who_lives_here_it_stays()
    {
        await GiveAsync(One);
        Assert.False(_book.State.Permits(SampleRoom.Reading(1), Recipient.CareTeam));
        Assert.Equal(DataKinds.Room, DataKindRules.Of(SampleRoom.Reading(1)));
    }

    public ValueTask DisposeAsync() => _consents.DisposeAsync();

    private bool MayGo() => _consents.State.Permits(SampleRoom.Reading(1), Recipient.CareTeam);

    private Task GiveAsync(PatientReference person) => _book.DecideAsync([SampleConsents.Given(person, DataKinds.Room)], default);
}
