using HomeHub.Core.Peripherals;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Sessions;

/// <summary>
/// The transfer of stored records by the Record Access Control Point (Glucose Service 1.0.1, 3.4): what to ask for, and what to do with each
/// answer. Synchronous: the time is told, counted from any fixed moment, as a clock that is set meanwhile must end no transfer. With a mark it asks
/// from the marked record on, that one included: if it does not come back as it was, the device has numbered anew (a battery change) or forgotten,
/// and everything is asked for. Never asks to delete.
/// </summary>
/// <param name="mark">Up to where everything is safe; null when nothing is.</param>
public sealed class RecordTransfer(RecordMark? mark)
{
    /// <summary>How long a procedure may be silent (Glucose Profile 1.0.1, 5.1: 30 seconds since the last record or answer).</summary>
    public static readonly TimeSpan ProcedureLimit = TimeSpan.FromSeconds(30);

    /// <summary>Most requests in one connection: from the mark, all, and repetitions of what was not completed.</summary>
    public const int MaxRequests = 4;

    private bool _asksAll = mark is null;
    private bool _sawMark;
    private bool _isAborting;
    private int _requests;
    private TimeSpan _heardAt;

    /// <summary>Whether all records are asked for, and not those from the mark on.</summary>
    public bool AsksAll => _asksAll;

    /// <summary>Whether it is over.</summary>
    public bool IsDone { get; private set; }

    /// <summary>Whether everything that the device has stored was told.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why it is not complete, in words without values; null while it runs and when it is complete.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts.</summary>
    /// <returns>The request to write.</returns>
    public byte[] Start(TimeSpan now)
    {
        _requests++;
        _heardAt = now;
        return _asksAll ? RecordAccessControlPoint.ReportAll() : RecordAccessControlPoint.ReportFrom(mark!.SequenceNumber);
    }

    /// <summary>Takes note of a record that came.</summary>
    public void OnRecord(StoredRecord record, TimeSpan now)
    {
        _heardAt = now;
        _sawMark |= mark is not null && record.Is(mark);
    }

    /// <summary>Takes what the control point indicated.</summary>
    /// <returns>The next request to write; null when there is none.</returns>
    public byte[]? OnAnswer(RecordAccessAnswer answer, TimeSpan now)
    {
        // What ends another procedure ends none of ours: the one that was aborted may still tell its end, and late the abort its own.
        RecordAccessOpCode expected = _isAborting ? RecordAccessOpCode.AbortOperation : RecordAccessOpCode.ReportRecords;
        if (IsDone || !answer.Ends(expected))
        {
            return null;
        }

        if (_isAborting)
        {
            _isAborting = false;
            return Again(now, "The device is busy with another transfer.");
        }

        switch (answer.Response)
        {
            case RecordAccessResponse.Success or RecordAccessResponse.NoRecordsFound when _asksAll || _sawMark:
                IsDone = IsComplete = true;
                return null;
            case RecordAccessResponse.Success or RecordAccessResponse.NoRecordsFound:
                return AskAll(now, "The device did not tell its records.");
            case RecordAccessResponse.OpCodeNotSupported or RecordAccessResponse.InvalidOperator or RecordAccessResponse.OperatorNotSupported
                or RecordAccessResponse.InvalidOperand or RecordAccessResponse.OperandNotSupported when !_asksAll:
                return AskAll(now, "The device does not support the request.");
            case RecordAccessResponse.ProcedureNotCompleted or RecordAccessResponse.AbortUnsuccessful:
                return Again(now, "The device could not complete the transfer.");
            default:
                End($"The device refused to tell its records: response code {(byte)answer.Response}.");
                return null;
        }
    }

    /// <summary>The control point said that a procedure is under way already (0x80): it is aborted, and then asked again.</summary>
    /// <returns>The abort to write; null when that was tried often enough.</returns>
    public byte[]? OnBusy(TimeSpan now)
    {
        if (_isAborting || _requests >= MaxRequests)
        {
            End("The device is busy with another transfer.");
            return null;
        }

        _isAborting = true;
        _heardAt = now;
        return RecordAccessControlPoint.Abort();
    }

    /// <summary>How long to wait for more from <paramref name="now"/> on; zero when the procedure has been silent for too long.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        TimeSpan left = _heardAt + ProcedureLimit - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Ends a procedure that has been silent for too long.</summary>
    public void OnSilence() => End("The device stopped in the middle of its records.");

    private byte[]? AskAll(TimeSpan now, string failure)
    {
        _asksAll = true;
        return Again(now, failure);
    }

    private byte[]? Again(TimeSpan now, string failure)
    {
        if (_requests >= MaxRequests)
        {
            End(failure);
            return null;
        }

        return Start(now);
    }

    private void End(string failure)
    {
        IsDone = true;
        Failure = failure;
    }
}
