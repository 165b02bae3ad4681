using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using Xunit;

namespace HomeHub.Testing.Consent;

/// <summary>What every consent book does.</summary>
public abstract class ConsentBookContract : IAsyncLifetime
{
    private static readonly Recipient Family = new("family");

    /// <summary>The book under test.</summary>
    protected IConsentBook Book { get; private set; } = null!;

    /// <summary>Opens a new, empty book.</summary>
    protected abstract Task<IConsentBook> OpenAsync();

    /// <summary>Ends the process that has the book, and starts another one.</summary>
    protected abstract Task<IConsentBook> ReopenAsync(IConsentBook book);

    public async Task InitializeAsync() => Book = await OpenAsync();

    public virtual async Task DisposeAsync() => await Book.DisposeAsync();

    [Fact]
    public async Task An_empty_book_gives_nothing()
    {
        Assert.Equal(0, Book.State.Version);
        Assert.Empty(Book.State.Decisions);
        Assert.False(Book.State.Permits(SampleReadings.BloodPressure(1), Recipient.CareTeam));
        Assert.Empty(await Book.ReadHistoryAsync(default));
    }

    [Fact]
    public async Task The_last_decision_holds_and_every_one_is_history_also_after_a_restart()
    {
        ConsentDecision given = SampleConsents.Given(SampleReadings.OtherPatient, DataKinds.Glucose, Family) with
        {
            From = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.FromHours(-3)), Present = "daughter, nurse 7",
        };
        ConsentDecision withdrawn = SampleConsents.Not(SampleReadings.OtherPatient, DataKinds.Glucose, recipient: Family);
        await Book.DecideAsync([given, SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        long before = Book.State.Version;
        Assert.Equal(given, Book.State.Find(SampleReadings.OtherPatient, DataKinds.Glucose, Family));
        await Book.DecideAsync([withdrawn], default);
        Assert.True(Book.State.Version > before);
        Book = await ReopenAsync(Book);
        Assert.Equal(withdrawn, Book.State.Find(SampleReadings.OtherPatient, DataKinds.Glucose, Family));
        Assert.Null(Book.State.Find(SampleReadings.OtherPatient, DataKinds.Glucose, Recipient.CareTeam));
        Assert.Equal([given, SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure), withdrawn], await Book.ReadHistoryAsync(default));
        Assert.True(Book.State.Permits(SampleReadings.BloodPressure(1), Recipient.CareTeam));
    }

    [Fact]
    public async Task Decisions_are_recorded_all_or_none_and_only_right_ones()
    {
        ConsentDecision right = SampleConsents.Given(SampleReadings.Patient, DataKinds.Weight);
        foreach (ConsentDecision wrong in new[]
        {
            right with { Patient = Core.Identity.PatientReference.Nobody },
            right with { Kind = DataKinds.Weight | DataKinds.Glucose },
            right with { Kind = DataKinds.None },
            right with { Present = " " },
            right with { Present = new string('n', ConsentDecision.MaxPresentChars + 1) },
            right with { From = null },
            right with { Answer = ConsentAnswer.Refused },
            right with { Answer = (ConsentAnswer)9 },
        })
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Book.DecideAsync([right, wrong], default));
        }

        Assert.Empty(await Book.ReadHistoryAsync(default));
    }

    [Fact]
    public async Task What_a_recipient_was_told_is_kept_for_each_person()
    {
        Assert.Null(await Book.GetToldAsync(SampleReadings.Patient, Family, default));
        await Book.SetToldAsync(SampleReadings.Patient, Family, "one", default);
        await Book.SetToldAsync(SampleReadings.Patient, Family, "two", default);
        await Book.SetToldAsync(SampleReadings.Patient, Recipient.CareTeam, "three", default);
        Book = await ReopenAsync(Book);
        Assert.Equal("two", await Book.GetToldAsync(SampleReadings.Patient, Family, default));
        Assert.Equal("three", await Book.GetToldAsync(SampleReadings.Patient, Recipient.CareTeam, default));
        Assert.Null(await Book.GetToldAsync(SampleReadings.OtherPatient, Family, default));
    }
}
