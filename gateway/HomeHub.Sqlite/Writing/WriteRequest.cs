namespace HomeHub.Sqlite;

/// <summary>Something for the writer to do in its next transaction.</summary>
internal abstract class WriteRequest(CommitNeed need, int rows)
{
    /// <summary>What the caller is promised.</summary>
    public CommitNeed Need => need;

    /// <summary>How much work it is, in rows.</summary>
    public int Rows => rows;

    /// <summary>Does it, within the open transaction.</summary>
    public abstract void Run(WriteSession session);

    /// <summary>After the commit, or, where that may come later, when it is done.</summary>
    public abstract void Complete();

    /// <summary>When it could not be done; nothing of it was.</summary>
    public abstract void Fail(Exception error);
}

/// <summary>A request with a result.</summary>
/// <typeparam name="T">The result.</typeparam>
internal sealed class WriteRequest<T>(CommitNeed need, int rows, Func<WriteSession, T> run, CancellationToken cancellation)
    : WriteRequest(need, rows)
{
    private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private bool _isCancelled;

    /// <summary>Ends as its caller was promised.</summary>
    public Task<T> Task => _completion.Task;

    /// <inheritdoc/>
    public override void Run(WriteSession session)
    {
        // Cancelled while it waited: left out. Once it runs, it counts.
        _isCancelled = cancellation.IsCancellationRequested;
        _result = _isCancelled ? default : run(session);
    }

    /// <inheritdoc/>
    public override void Complete()
    {
        if (_isCancelled)
        {
            _completion.TrySetCanceled(cancellation);
        }
        else
        {
            _completion.TrySetResult(_result!);
        }
    }

    /// <inheritdoc/>
    public override void Fail(Exception error) => _completion.TrySetException(error);
}
