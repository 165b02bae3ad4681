using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.Erasure;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Hub;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Requests;

/// <summary>Does what commands ask of the hub that holds the buffer.</summary>
internal sealed class RequestDesk(HubParts parts, ReadingDesk readings, ErasureDesk erasure)
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
                ReadingAnswer answer = request switch
                {
                    null => new ReadingAnswer(null),
                    { Erases: { } withWaiting } => await EraseAsync(request, withWaiting, cancellation).ConfigureAwait(false),
                    _ => new ReadingAnswer(await DoAsync(request, cancellation).ConfigureAwait(false)),
                };
                RequestFiles.Answer(parts.Folder, id, answer);
                _logger.LogInformation("A request of a command: {Kind}: {Outcome}", request?.Kind, answer.Outcome?.ToString() ?? "not done");
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

    /// <summary>Where a reader beside the hub leaves traces, that is the answer: done again and again it would keep others waiting.</summary>
    private async Task<ReadingAnswer> EraseAsync(ReadingRequest request, bool withWaiting, CancellationToken cancellation)
    {
        if (!PatientReference.TryParse(request.Patient, out PatientReference? patient) || patient!.IsNobody || string.IsNullOrWhiteSpace(request.Who))
        {
            return new ReadingAnswer(null);
        }

        try
        {
            ErasedReadings erased = await erasure.EraseAsync(patient, withWaiting, request.Who, cancellation).ConfigureAwait(false);
            return new ReadingAnswer(ActOutcome.Done) { Erased = erased };
        }
        catch (BufferException error) when (error.Fault == BufferFault.Locked)
        {
            return new ReadingAnswer(ActOutcome.Done) { Failure = error.Message };
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
                ? await readings.EnterAsync(entering, entered, cancellation).ConfigureAwait(false)
                : null;
        }

        return request.ToAct() is { Kind: not ActKind.Enter } act ? await readings.DoAsync(act, cancellation).ConfigureAwait(false) : null;
    }
}
