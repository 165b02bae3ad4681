using HomeHub.Testing;

namespace HomeHub.Sqlite.Tests;

/// <summary>History is found by index.</summary>
public sealed class HistoryTests : IDisposable
{
    private readonly BufferFolder _folder = new();

    [Theory]
    [InlineData("SELECT count(*) FROM reading WHERE patient = 1 AND characteristic = 2 AND effective >= 3 AND effective < 4", "COVERING INDEX reading_time (patient=? AND characteristic=? AND effective>? AND effective<?)")]
    [InlineData("SELECT octets FROM reading WHERE patient = 1 AND characteristic = 2 AND effective >= 3 AND effective < 4 ORDER BY effective DESC LIMIT 1", "INDEX reading_time (patient=? AND characteristic=? AND effective>? AND effective<?)")]
    [InlineData("SELECT characteristic FROM reading WHERE patient = 1 AND characteristic > 2 ORDER BY characteristic LIMIT 1", "COVERING INDEX reading_time (patient=? AND characteristic>?)")]
    [InlineData(BufferQueries.OfDevice, "COVERING INDEX reading_device (patient=? AND device=?)")]
    [InlineData("SELECT octets FROM reading WHERE patient = 1 AND id < 2 ORDER BY id DESC LIMIT 3", "INDEX reading_patient (patient=? AND rowid<?)")]
    public async Task A_query_goes_by_its_index_and_sorts_nothing(string query, string index)
    {
        await using (SqliteReadingBuffer buffer = await _folder.OpenAsync())
        {
            await buffer.AppendAsync(SampleReadings.Many(0, 50), default);
        }

        using Connection connection = Connection.OpenReader(_folder.Database);
        using Statement plan = connection.Prepare($"EXPLAIN QUERY PLAN {query}");
        List<string> steps = [];
        while (plan.Step())
        {
            steps.Add(plan.Text(3)!);
        }

        Assert.Equal($"SEARCH reading USING {index}", steps[0]);
        Assert.DoesNotContain(steps, step => step.Contains("SCAN", StringComparison.Ordinal) || step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    public void Dispose() => _folder.Dispose();
}
