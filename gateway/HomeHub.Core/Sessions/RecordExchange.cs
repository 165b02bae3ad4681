using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Sessions;

/// <summary>Drives the transfer of stored records over a connection.</summary>
internal sealed class RecordExchange(
    RecordTransfer transfer, MarkKeeper keeper, GattCharacteristic controlPoint, GattOperations gatt, TimeProvider time)
{
    /// <summary>Procedure already in progress (Glucose Service 1.0.1, table 1.1).</summary>
    private const byte ProcedureInProgress = 0x80;

    private readonly long _startedAt = time.GetTimestamp();

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="PeripheralException">The link went, the device refused, or it stopped in the middle.</exception>
    public async Task RunAsync(ValueTaker values, CancellationToken cancellation)
    {
        byte[]? request = transfer.Start(Now());
        while (!transfer.IsDone)
        {
            if (request is not null)
            {
                await AskAsync(request, cancellation).ConfigureAwait(false);
            }

            request = transfer.IsDone ? null : await HearAsync(values, cancellation).ConfigureAwait(false);
        }

        if (!transfer.IsComplete)
        {
            throw new PeripheralException(PeripheralFault.Failed, transfer.Failure!);
        }

        keeper.Complete();
    }

    /// <summary>
    /// Has the device delete what it told. Called once all of it is receipted; what the device has stored since then stays. Where it can only delete all, it is
    /// asked first how many it has, and keeps them if that are not as many as it told: the next connection tells the new one.
    /// </summary>
    /// <returns>False when it does not do so, which does no harm: it tells the same again.</returns>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task<bool> DeleteAsync(RecordDeletion deletion, ValueTaker values, CancellationToken cancellation)
    {
        if (deletion.UpTo is null)
        {
            (RecordAccessAnswer? count, bool hasTold) = await AskOnceAsync(
                RecordAccessRequest.All(RecordAccessOpCode.ReportNumber).ToOctets(), RecordAccessOpCode.ReportNumber, values, cancellation).ConfigureAwait(false);
            if (count?.NumberOfRecords != deletion.Told || hasTold)
            {
                return false;
            }
        }

        (RecordAccessAnswer? answer, _) = await AskOnceAsync(deletion.ToOctets(), RecordAccessOpCode.DeleteRecords, values, cancellation).ConfigureAwait(false);
        return answer?.Response is RecordAccessResponse.Success or RecordAccessResponse.NoRecordsFound;
    }

    /// <summary>Asks something that tells no records; its answer, null when there is none, and whether the device told a record meanwhile.</summary>
    private async Task<(RecordAccessAnswer? Answer, bool HasTold)> AskOnceAsync(
        byte[] request, RecordAccessOpCode opCode, ValueTaker values, CancellationToken cancellation)
    {
        try
        {
            if (!await gatt.TryWriteAsync(controlPoint, request, cancellation).ConfigureAwait(false))
            {
                return (null, false);
            }
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.ProfileError)
        {
            return (null, false);
        }

        bool hasTold = false;
        long askedAt = time.GetTimestamp();
        while (time.GetElapsedTime(askedAt) is var since && since < RecordTransfer.ProcedureLimit
            && await values.TakeAsync(RecordTransfer.ProcedureLimit - since, time, cancellation).ConfigureAwait(false) is { } heard)
        {
            hasTold |= heard.Records.Length > 0;
            if (heard.Value.Characteristic.Handle == controlPoint.Handle && RecordAccessAnswer.TryDecode(heard.Value.Octets, out RecordAccessAnswer answer, out _)
                && (answer.Ends(opCode) || (opCode == RecordAccessOpCode.ReportNumber && answer.NumberOfRecords is not null)))
            {
                return (answer, hasTold);
            }
        }

        return (null, hasTold);
    }

    private async Task AskAsync(byte[] request, CancellationToken cancellation)
    {
        byte[]? next = request;
        while (next is not null)
        {
            try
            {
                if (!await gatt.TryWriteAsync(controlPoint, next, cancellation).ConfigureAwait(false))
                {
                    throw new PeripheralException(PeripheralFault.NotPermitted, "The device does not permit its records to be asked for.");
                }

                return;
            }
            catch (PeripheralException error) when (error.AttError == ProcedureInProgress)
            {
                next = transfer.OnBusy(Now()) ?? throw new PeripheralException(PeripheralFault.InProgress, transfer.Failure!, error);
            }
        }
    }

    /// <summary>Waits for one value; the next request, if there is one to make.</summary>
    private async Task<byte[]?> HearAsync(ValueTaker values, CancellationToken cancellation)
    {
        (CharacteristicValue Value, StoredRecord[] Records)? heard =
            await values.TakeAsync(transfer.WaitAt(Now()), time, cancellation).ConfigureAwait(false);
        if (heard is not { } one)
        {
            return transfer.OnSilence(Now());
        }

        foreach (StoredRecord record in one.Records)
        {
            transfer.OnRecord(record, Now());
        }

        if (one.Value.Characteristic.Handle != controlPoint.Handle)
        {
            return null;
        }

        if (!RecordAccessAnswer.TryDecode(one.Value.Octets, out RecordAccessAnswer answer, out DecodeError error))
        {
            throw new PeripheralException(PeripheralFault.Failed, $"The device's answer about its records is not understood: {error.Field}, offset {error.Offset}.");
        }

        bool askedAll = transfer.AsksAll;
        byte[]? next = transfer.OnAnswer(answer, Now());
        if (transfer.AsksAll && !askedAll)
        {
            keeper.StartAnew();
        }

        return next;
    }

    private TimeSpan Now() => time.GetElapsedTime(_startedAt);
}
