using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Testing;
using HomeHub.Testing.Consent;

namespace HomeHub.Sqlite.Tests.Consent;

/// <summary>The contract of the consent book, and what only a file can do.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes through IAsyncLifetime.")]
public sealed class SqliteConsentBookTests : ConsentBookContract
{
    private readonly BufferFolder _folder = new();

    protected override async Task<IConsentBook> OpenAsync() => await SqliteConsentBook.OpenAsync(_folder.Path, default);

    protected override async Task<IConsentBook> ReopenAsync(IConsentBook book)
    {
        await book.DisposeAsync();
        return await OpenAsync();
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_another_process_decides_holds_at_the_next_look()
    {
        ConsentState before = Book.State;
        Assert.Same(before, Book.State);
        await using IConsentBook other = await OpenAsync();
        await other.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        Assert.True(Book.State.Permits(SampleReadings.BloodPressure(1), Recipient.CareTeam));
        await Book.DecideAsync([SampleConsents.Not(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        Assert.False(other.State.Permits(SampleReadings.BloodPressure(1), Recipient.CareTeam));
    }

    [Fact]
    public async Task A_decision_can_neither_be_changed_nor_removed()
    {
        await Book.DecideAsync([SampleConsents.Given(SampleReadings.Patient, DataKinds.BloodPressure)], default);
        using Connection connection = Connection.OpenWriter(System.IO.Path.Combine(_folder.Path, SqliteConsentBook.FileName));
        Assert.Throws<BufferException>(() => connection.Execute("DELETE FROM decision"));
        Assert.Throws<BufferException>(() => connection.Execute("UPDATE decision SET answer = 2"));
        Assert.Single(await Book.ReadHistoryAsync(default));
    }
}
