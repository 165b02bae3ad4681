using HomeHub.Core.Household;
using Xunit;

namespace HomeHub.Testing.Household;

/// <summary>What every household does. Runs over each adapter.</summary>
public abstract class HouseholdContract : IAsyncLifetime
{
    /// <summary>The household under test.</summary>
    protected IHousehold Household { get; private set; } = null!;

    /// <summary>Opens a new, empty household; called again, the same one once more, as another process does.</summary>
    protected abstract Task<IHousehold> OpenAsync();

    public async Task InitializeAsync() => Household = await OpenAsync();

    public virtual async Task DisposeAsync() => await Household.DisposeAsync();

    [Fact]
    public async Task A_new_household_is_empty_and_nobody_can_sign_in()
    {
        Assert.Empty(await Household.ListPeopleAsync(default));
        Assert.Null(await Household.FindPersonAsync(1, default));
        Assert.Equal(AccountPin.None, await Household.GetPinAsync(HouseholdAccounts.Nurse, default));
        Assert.Null(await Household.GetClaimCodeAsync(default));
        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("a", default));
        Assert.Null(await Household.GetSettingAsync("a", default));
    }

    [Fact]
    public async Task People_are_added_once_and_keep_their_numbers()
    {
        await Household.AddPeopleAsync([SampleReadings.OtherPatient], default);
        await Household.AddPeopleAsync([SampleReadings.Patient, SampleReadings.OtherPatient], default);
        IReadOnlyList<HouseholdPerson> people = await Household.ListPeopleAsync(default);
        Assert.Equal([new(1, SampleReadings.OtherPatient), new(2, SampleReadings.Patient)], people);
        Assert.Equal(people[1], await Household.FindPersonAsync(2, default));
    }

    [Fact]
    public async Task A_person_keeps_name_and_language()
    {
        await Household.AddPeopleAsync([SampleReadings.Patient], default);
        var person = new HouseholdPerson(1, SampleReadings.Patient) { Name = "Begoña", Language = "eu" };
        Assert.True(await Household.SavePersonAsync(person, default));
        Assert.Equal(person, await Household.FindPersonAsync(1, default));
        Assert.False(await Household.SavePersonAsync(person with { Number = 9 }, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Household.SavePersonAsync(person with { Name = new string('a', 41) }, default));
    }

    [Fact]
    public async Task Whoever_was_removed_leaves_no_pin_and_the_number_is_never_given_out_again()
    {
        await Household.AddPeopleAsync([SampleReadings.Patient], default);
        await Household.SetPinAsync(1, "hash", default);
        Assert.True(await Household.RemovePersonAsync(1, default));
        Assert.False(await Household.RemovePersonAsync(1, default));
        Assert.Equal(AccountPin.None, await Household.GetPinAsync(1, default));
        await Household.AddPeopleAsync([SampleReadings.Patient], default);
        Assert.Equal(2, Assert.Single(await Household.ListPeopleAsync(default)).Number);
    }

    [Fact]
    public async Task Each_change_of_a_pin_makes_a_new_generation()
    {
        Assert.False(await Household.SetPinAsync(1, "nobody's", default));
        Assert.Equal(AccountPin.None, await Household.GetPinAsync(1, default));
        await Household.AddPeopleAsync([SampleReadings.Patient], default);
        Assert.True(await Household.SetPinAsync(1, "a", default));
        Assert.True((await Household.FindPersonAsync(1, default))!.HasPin);
        Assert.True(await Household.SetPinAsync(1, "b", default));
        Assert.Equal(new AccountPin("b", 2), await Household.GetPinAsync(1, default));
        Assert.True(await Household.SetPinAsync(1, null, default));
        Assert.Equal(new AccountPin(null, 3), await Household.GetPinAsync(1, default));
        Assert.False((await Household.FindPersonAsync(1, default))!.HasPin);
        Assert.True(await Household.SetPinAsync(HouseholdAccounts.Nurse, "n", default));
        Assert.Equal(new AccountPin("n", 1), await Household.GetPinAsync(HouseholdAccounts.Nurse, default));
    }

    [Fact]
    public async Task A_claim_code_is_made_once_and_used_once()
    {
        Assert.False(await Household.ClaimAsync("first", "hash", default));
        Assert.Equal("first", await Household.EnsureClaimCodeAsync("first", default));
        Assert.Equal("first", await Household.EnsureClaimCodeAsync("second", default));
        Assert.False(await Household.ClaimAsync("second", "hash", default));
        Assert.Equal(AccountPin.None, await Household.GetPinAsync(HouseholdAccounts.Nurse, default));
        Assert.True(await Household.ClaimAsync("first", "hash", default));
        Assert.False(await Household.ClaimAsync("first", "other", default));
        Assert.Equal(new AccountPin("hash", 1), await Household.GetPinAsync(HouseholdAccounts.Nurse, default));
        Assert.Null(await Household.EnsureClaimCodeAsync("third", default));
        Assert.Null(await Household.GetClaimCodeAsync(default));
    }

    [Fact]
    public async Task A_reset_ends_the_nurses_pin_and_brings_a_new_code()
    {
        await Household.EnsureClaimCodeAsync("first", default);
        await Household.ClaimAsync("first", "hash", default);
        await Household.AddTryAsync("a", SampleReadings.Start, default);
        await Household.ResetNurseAsync("second", default);
        Assert.Equal(new AccountPin(null, 2), await Household.GetPinAsync(HouseholdAccounts.Nurse, default));
        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("a", default));
        Assert.Equal("second", await Household.GetClaimCodeAsync(default));
        await Household.ResetNurseAsync("third", default);
        Assert.Equal("third", await Household.EnsureClaimCodeAsync("fourth", default));
    }

    [Fact]
    public async Task Wrong_tries_are_counted_apart_and_forgotten_after_a_day()
    {
        DateTimeOffset start = SampleReadings.Start;
        await Household.AddTryAsync("a", start, default);
        await Household.AddTryAsync("a", start.AddSeconds(1), default);
        await Household.AddTryAsync("b", start, default);
        Assert.Equal(new SignInTries(2, start.AddSeconds(1)), await Household.GetTriesAsync("a", default));
        await Household.ClearTriesAsync("a", default);
        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("a", default));
        await Household.AddTryAsync("c", start + LockOut.Memory + TimeSpan.FromSeconds(1), default);
        Assert.Equal(SignInTries.None, await Household.GetTriesAsync("b", default));
    }

    [Fact]
    public async Task Settings_are_set_replaced_and_removed()
    {
        await Household.SetSettingAsync("wizard.step", "2", default);
        await Household.SetSettingAsync("wizard.step", "3", default);
        Assert.Equal("3", await Household.GetSettingAsync("wizard.step", default));
        await Household.SetSettingAsync("wizard.step", null, default);
        Assert.Null(await Household.GetSettingAsync("wizard.step", default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Household.SetSettingAsync(new string('a', IHousehold.MaxKeyChars + 1), "", default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Household.SetSettingAsync("a", new string('a', IHousehold.MaxValueChars + 1), default));
    }

    [Fact]
    public async Task Who_has_it_open_beside_sees_each_change_at_once()
    {
        await using IHousehold beside = await OpenAsync();
        await beside.EnsureClaimCodeAsync("first", default);
        Assert.Equal("first", await Household.GetClaimCodeAsync(default));
        await Household.ClaimAsync("first", "hash", default);
        Assert.Equal("hash", (await beside.GetPinAsync(HouseholdAccounts.Nurse, default)).Hash);
    }
}
