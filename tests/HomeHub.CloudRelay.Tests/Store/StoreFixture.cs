using HomeHub.CloudRelay.Bundles;
using HomeHub.CloudRelay.Intake;
using HomeHub.CloudRelay.Store;

namespace HomeHub.CloudRelay.Tests.Store;

/// <summary>A store in a folder of its own, which can be closed and opened again.</summary>
internal sealed class StoreFixture : IDisposable
{
    private readonly Enrolment? _enrolment;

    public StoreFixture(Enrolment? enrolment = null)
    {
        _enrolment = enrolment;
        Folder = Directory.CreateTempSubdirectory("relay-store-").FullName;
        (Store, Writer) = Open();
    }

    public string Folder { get; }

    public RelayStore Store { get; private set; }

    public BundleWriter Writer { get; private set; }

    public DateTimeOffset Now { get; set; } = new(2026, 3, 14, 8, 0, 0, TimeSpan.Zero);

    public StoreOutcome Take(SampleBundle sample)
    {
        var parsed = new ParsedBundle();
        Assert.Null(sample.Read(parsed));
        Writer.Begin();
        var outcome = Writer.Add(sample.Incoming(), parsed, sample.Bytes().Length, Now);
        Writer.Commit();
        return outcome;
    }

    public long Count(string table)
    {
        using var reader = Store.OpenReader();
        return (long)reader.Scalar($"SELECT count(*) FROM {table}")!;
    }

    public void Reopen()
    {
        Close();
        (Store, Writer) = Open();
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(Folder, recursive: true);
    }

    private (RelayStore Store, BundleWriter Writer) Open()
    {
        var store = RelayStore.Open(Folder, "care-team");
        return (store, new BundleWriter(store, _enrolment));
    }

    private void Close()
    {
        Writer.Dispose();
        Store.Dispose();
    }
}
