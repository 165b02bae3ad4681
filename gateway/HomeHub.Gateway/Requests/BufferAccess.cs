using HomeHub.Core.Acts;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Erasure;
using HomeHub.Core.Identity;
using HomeHub.Core.ManualEntries;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Logging;
using HomeHub.Sqlite;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Requests;

/// <summary>How a command comes to the buffer: it opens it, or asks the hub that holds it.</summary>
internal static class BufferAccess
{
    /// <summary>How long a running hub is waited for; it looks every second.</summary>
    private static readonly TimeSpan HubLimit = TimeSpan.FromSeconds(15);

    /// <summary>The same where a whole history is erased.</summary>
    private static readonly TimeSpan EraseLimit = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Opens the buffer for reading, as the hub that runs on it, if one does, sees it.</summary>
    /// <exception cref="BufferException">The buffer can't be read.</exception>
    public static async Task<SqliteBufferReader> OpenReaderAsync(string folder, TimeProvider time, CancellationToken cancellation)
    {
        await CommitSocket.AskAsync(folder, time, cancellation).ConfigureAwait(false);
        return SqliteBufferReader.Open(folder);
    }

    /// <summary>Does an act.</summary>
    /// <exception cref="BufferException">The buffer can't be opened.</exception>
    /// <exception cref="CommandFailedException">The hub that holds it does not answer.</exception>
    public static Task<ActOutcome> ActAsync(CommandIo io, string folder, HubConfiguration configuration, ReadingAct act, CancellationToken cancellation) => RunActAsync(
        io,
        folder,
        async buffer =>
        {
            DeliveryRules rules = await ReadRulesAsync(folder, configuration, cancellation).ConfigureAwait(false);
            IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
            await using (audit.ConfigureAwait(false))
            {
                return await new ReadingDesk(buffer, audit, () => rules, io.Time).DoAsync(act, cancellation).ConfigureAwait(false);
            }
        },
        new ReadingRequest(act.Id, act.Kind, act.Reading, act.At, act.Who, act.Reason, act.Patient?.Key),
        cancellation);

    /// <summary>Stores what a person enters.</summary>
    /// <exception cref="BufferException">The buffer can't be opened.</exception>
    /// <exception cref="CommandFailedException">The hub that holds it does not answer.</exception>
    public static Task<ActOutcome> EnterAsync(
        CommandIo io, string folder, HubConfiguration configuration, ReadingAct act, ManualEntry entry, CancellationToken cancellation) => RunActAsync(
        io,
        folder,
        async buffer =>
        {
            DeliveryRules rules = await ReadRulesAsync(folder, configuration, cancellation).ConfigureAwait(false);
            IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
            await using (audit.ConfigureAwait(false))
            {
                return await new ReadingDesk(buffer, audit, () => rules, io.Time).EnterAsync(act, entry, cancellation).ConfigureAwait(false)
                    ?? throw new CommandFailedException("It can't be kept as it was said.");
            }
        },
        new ReadingRequest(act.Id, act.Kind, act.Reading, act.At, act.Who, act.Reason, act.Patient?.Key) { Entry = EntryRequest.Of(entry) },
        cancellation);

    /// <summary>Forgets the records of a device that have left the buffer; where there is no buffer there is nothing to forget.</summary>
    /// <exception cref="BufferException">The buffer can't be opened.</exception>
    /// <exception cref="CommandFailedException">The hub that holds it does not answer.</exception>
    public static async Task ForgetDeviceAsync(CommandIo io, string folder, string address, CancellationToken cancellation)
    {
        using (SqliteBufferReader buffer = SqliteBufferReader.Open(folder))
        {
            if (!buffer.Exists)
            {
                return;
            }
        }

        await RunActAsync(
            io,
            folder,
            async buffer =>
            {
                await buffer.ForgetDeviceAsync(address, cancellation).ConfigureAwait(false);
                return ActOutcome.Done;
            },
            new ReadingRequest(Guid.NewGuid(), default, 0, io.Time.GetLocalNow(), "", null, null) { Forgets = address },
            cancellation).ConfigureAwait(false);
    }

    /// <summary>Erases a person's readings.</summary>
    /// <exception cref="BufferException">The buffer can't be opened, or traces are left.</exception>
    /// <exception cref="CommandFailedException">The hub that holds it does not answer, or traces are left.</exception>
    public static async Task<ErasedReadings> EraseAsync(
        CommandIo io, string folder, PatientReference patient, bool withWaiting, string who, CancellationToken cancellation)
    {
        ReadingAnswer answer = await RunAsync(
            io,
            folder,
            async buffer =>
            {
                IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
                await using (audit.ConfigureAwait(false))
                {
                    return new ReadingAnswer(ActOutcome.Done)
                    {
                        Erased = await new ErasureDesk(buffer, audit, io.Time).EraseAsync(patient, withWaiting, who, cancellation).ConfigureAwait(false),
                    };
                }
            },
            new ReadingRequest(Guid.NewGuid(), default, 0, io.Time.GetLocalNow(), who, null, patient.Key) { Erases = withWaiting },
            cancellation).ConfigureAwait(false);
        return answer.Erased ?? throw new CommandFailedException(answer.Failure ?? "The hub that runs answered without saying what it erased: is it of this version?");
    }

    private static async Task<ActOutcome> RunActAsync(
        CommandIo io, string folder, Func<SqliteReadingBuffer, Task<ActOutcome>> run, ReadingRequest request, CancellationToken cancellation) =>
        (await RunAsync(io, folder, async buffer => new ReadingAnswer(await run(buffer).ConfigureAwait(false)), request, cancellation).ConfigureAwait(false)).Outcome!.Value;

    private static async Task<DeliveryRules> ReadRulesAsync(string folder, HubConfiguration configuration, CancellationToken cancellation)
    {
        IConsentBook consents = await Adapters.OpenConsentsAsync(folder, cancellation).ConfigureAwait(false);
        await using (consents.ConfigureAwait(false))
        {
            ConsentState state = consents.State;
            return new DeliveryRules(new UploadPolicy(configuration.Upload), configuration.Recipients, () => state);
        }
    }

    private static async Task<ReadingAnswer> RunAsync(
        CommandIo io, string folder, Func<SqliteReadingBuffer, Task<ReadingAnswer>> run, ReadingRequest request, CancellationToken cancellation)
    {
        using var loggers = new LineLoggerFactory(io.Error, LogLevel.Warning, asJson: false, io.Time);
        SqliteReadingBuffer buffer;
        try
        {
            buffer = await SqliteReadingBuffer.OpenAsync(
                new SqliteBufferOptions { Folder = folder }, io.Time, loggers.CreateLogger<SqliteReadingBuffer>(), cancellation).ConfigureAwait(false);
        }
        catch (BufferException error) when (error.Fault == BufferFault.Locked)
        {
            return await AskHubAsync(io.Time, folder, request, cancellation).ConfigureAwait(false);
        }

        await using (buffer.ConfigureAwait(false))
        {
            return await run(buffer).ConfigureAwait(false);
        }
    }

    private static async Task<ReadingAnswer> AskHubAsync(TimeProvider time, string folder, ReadingRequest request, CancellationToken cancellation)
    {
        RequestFiles.Write(folder, request);
        long asked = time.GetTimestamp();
        while (true)
        {
            if (RequestFiles.TakeAnswer(folder, request.Id) is { } answer)
            {
                return answer.Outcome is not null ? answer : throw new CommandFailedException("The hub that runs did not understand the request: is it of this version, and run by this user?");
            }

            if (time.GetElapsedTime(asked) > (request.Erases is null ? HubLimit : EraseLimit))
            {
                RequestFiles.Withdraw(folder, request.Id);
                throw new CommandFailedException(
                    "A process holds the buffer but did not answer: is it a hub of this version? It may be done after all, which homehub readings acts shows; asked for again it is not done twice.");
            }

            await Task.Delay(LookInterval, time, cancellation).ConfigureAwait(false);
        }
    }
}
