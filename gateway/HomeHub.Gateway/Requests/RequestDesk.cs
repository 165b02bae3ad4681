using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Core.ManualEntries;
using HomeHub.Gateway.Hub;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Requests;

/// <summary>Does what commands ask of the hub that holds the buffer.</summary>
internal sealed class RequestDesk(HubParts parts, Func<DeliveryRules> createRules, Action wake)
{
    /// <summary>An answer that nobody fetched for so long is removed.</summary>
    public static readonly TimeSpan AnswerAge = TimeSpan.FromHours(1);

    private readonly ILogger _logger = parts.Loggers.CreateLogger("Requests");
    private Dictionary<string, long> _answers = [];

    /// <summary>Does all that waits. A file that can't be read or removed ends nothing but its own request.</summary>
    /// <exception cref="BufferException">The buffer failed; what was asked for waits on.</exception>
    public async Task WorkAsync(CancellationToken cancellation)
    {
        try
        {
            foreach ((Guid id, ReadingRequest? request) in RequestFiles.List(parts.Folder))
            {
                ActOutcome? outcome = request is null ? null : await DoAsync(request, cancellation).ConfigureAwait(false);
                RequestFiles.Answer(parts.Folder, id, new ReadingAnswer(outcome));
                _logger.LogInformation("A request of a command: {Kind}: {Outcome}", request?.Kind, outcome?.ToString() ?? "not understood");
                wake();
            }

            Sweep();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("A request of a command can't be read or answered: {Reason}", error.GetType().Name);
        }
    }

    /// <summary>Removes answers that nobody fetched, by how long they were seen here: a file's own time is of a clock that may have been set since.</summary>
    private void Sweep()
    {
        long now = parts.Time.GetTimestamp();
        _answers = RequestFiles.ListAnswers(parts.Folder).ToDictionary(file => file, file => _answers.GetValueOrDefault(file, now));
        foreach ((string file, _) in _answers.Where(answer => parts.Time.GetElapsedTime(answer.Value, now) > AnswerAge))
        {
            File.Delete(file);
        }
    }

    private async Task<ActOutcome?> DoAsync(ReadingRequest request, CancellationToken cancellation)
    {
        if (request.Forgets is { } address)
        {
            await parts.Buffer.ForgetDeviceAsync(address, cancellation).ConfigureAwait(false);
            return ActOutcome.Done;
        }

        if (request.Entry is { } entry)
        {
            return request.ToAct() is { Kind: ActKind.Enter, Patient: { } patient } entering && entry.ToEntry(patient) is { } entered
                ? await EnterAsync(parts.Buffer, parts.Audit, entering, entered, createRules(), parts.Time.GetUtcNow(), cancellation).ConfigureAwait(false)
                : null;
        }

        return request.ToAct() is { Kind: not ActKind.Enter } act ? await DoAsync(parts.Buffer, parts.Audit, act, createRules(), cancellation).ConfigureAwait(false) : null;
    }

    /// <summary>Stores what a person enters; it goes by the rules. Null when it can't be kept as it was said.</summary>
    public static async Task<ActOutcome?> EnterAsync(
        IReadingBuffer buffer, IAuditLog audit, ReadingAct act, ManualEntry entry, DeliveryRules rules, DateTimeOffset now, CancellationToken cancellation) =>
        ManualEntryEncoder.Encode(entry, act.At, now).Reading is { } reading
            ? await NotedAsync(audit, act, buffer.EnterAsync(new NewReading(reading, rules.Decide(reading)), act, cancellation), cancellation).ConfigureAwait(false)
            : null;

    /// <summary>Does an act. What becomes somebody's goes by the rules, as if it had just come.</summary>
    public static Task<ActOutcome> DoAsync(IReadingBuffer buffer, IAuditLog audit, ReadingAct act, DeliveryRules rules, CancellationToken cancellation) =>
        NotedAsync(audit, act, buffer.ActAsync(act, rules.Decide, cancellation), cancellation);

    /// <summary>
    /// Notes what was done where it is done: whoever asked may have given up waiting. Killed between the two, a request is done again, which changes nothing, and noted.
    /// </summary>
    private static async Task<ActOutcome> NotedAsync(IAuditLog audit, ReadingAct act, Task<ActOutcome> doing, CancellationToken cancellation)
    {
        ActOutcome outcome = await doing.ConfigureAwait(false);
        if (outcome == ActOutcome.Done)
        {
            await AuditTrail.NoteAsync(audit, act, cancellation).ConfigureAwait(false);
        }

        return outcome;
    }
}
