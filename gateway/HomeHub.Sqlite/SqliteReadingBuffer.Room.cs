namespace HomeHub.Sqlite;

/// <content>Room that goes back to the disk.</content>
public sealed partial class SqliteReadingBuffer
{
    /// <summary>In steps, in between which appends have their turn; each is a transaction of its own, so that a process that is killed leaves a whole file.</summary>
    private async Task GiveBackAsync(CancellationToken cancellation)
    {
        bool hasMore = true;
        while (hasMore)
        {
            hasMore = await _writer.RunAsync(
                isDurable: false,
                rows: Compaction.StepPages,
                session =>
                {
                    bool isLeft = session.GiveBack();
                    if (!isLeft)
                    {
                        _writer.AskForCheckpoint();
                    }

                    return isLeft;
                },
                cancellation).ConfigureAwait(false);
        }
    }
}
