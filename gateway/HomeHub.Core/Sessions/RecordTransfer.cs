using HomeHub.Core.Peripherals;
using HomeHub.Profiles;
using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Sessions;

/// <summary>
/// The transfer of stored records by the Record Access Control Point (Glucose Service 1.0.1, 3.4): what to ask for, and what to do with each
/// answer. Synchronous: the time is told, counted from any fixed moment, as a clock that is set meanwhile must end no transfer. It asks how many records
/// there are, and then for them: with a mark from the marked record on, that one included; if it does not come back as it was, the device has numbered anew
/// (a battery change) or forgotten, and everything is asked for. Fewer records than were announced are asked for once more. Never asks to delete.
/// </summary>
/// <param name="mark">Up to where everything is safe; null when nothing is.</param>
/// <param name="rules">What the service's records are like.</param>
/// <param name="asksAll">Whether all are asked for although there is a mark.</param>
public sealed class RecordTransfer(RecordMark? mark, RecordRules rules, bool asksAll = false)
{
    /// <summary>How long a procedure may be silent (Glucose Profile 1.0.1, 5.1: 30 seconds since the last record or answer).</summary>
    public static readonly TimeSpan ProcedureLimit = TimeSpan.FromSeconds(30);

    /// <summary>How long the number of records is waited for; the transfer goes without it then.</summary>
    public static readonly TimeSpan CountLimit = TimeSpan.FromSeconds(5);

    /// <summary>Most reports and aborts in one connection: from the mark, by time, all, and repetitions of what was not completed.</summary>
    public const int MaxRequests = 5;

    /// <summary>Most records that are told apart in one connection: one for each number.</summary>
    public const int MaxTold = 65_536;

    private readonly HashSet<StoredRecord> _told = [], _toldNow = [];
    private TransferSelection _selection = asksAll || mark is null || !rules.IsNumbered || rules.IsNearWrap(mark.SequenceNumber)
        ? TransferSelection.All
        : TransferSelection.FromNumber;

    private TransferStep _step;
    private bool _sawMark, _isNearWrap, _lastWasNew, _isAborting;
    private int? _shortBefore;
    private int _requests;
    private TimeSpan _heardAt;

    /// <summary>Whether all records are asked for, and not those from the mark on.</summary>
    public bool AsksAll => _selection == TransferSelection.All;

    /// <summary>How many records the device announced for what was last asked for; null when it did not.</summary>
    public int? Announced { get; private set; }

    /// <summary>Records of this connection, each once.</summary>
    public IReadOnlyCollection<StoredRecord> Told => _told;

    /// <summary>Whether the device told fewer records than it announced, twice the same number: its count is wrong then, and not the transfer.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Whether it is over.</summary>
    public bool IsDone => _step == TransferStep.Done;

    /// <summary>Whether everything that the device has stored was told.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Why it is not complete, in words without values; null while it runs and when it is complete.</summary>
    public string? Failure { get; private set; }

    /// <summary>Starts.</summary>
    /// <returns>The request to write.</returns>
    public byte[] Start(TimeSpan now) => Count(now);

    /// <summary>Takes note of a record that came.</summary>
    public void OnRecord(StoredRecord record, TimeSpan now)
    {
        _heardAt = now;
        _sawMark |= mark is not null && record.Is(mark);
        _isNearWrap |= rules.IsNearWrap(record.SequenceNumber);
        if (_toldNow.Count < MaxTold)
        {
            _toldNow.Add(record);
        }

        bool isNew = _told.Count < MaxTold && _told.Add(record);
        _lastWasNew |= isNew && _step == TransferStep.Last;
    }

    /// <summary>Takes what the control point indicated.</summary>
    /// <returns>The next request to write; null when there is none.</returns>
    public byte[]? OnAnswer(RecordAccessAnswer answer, TimeSpan now)
    {
        // What ends another procedure ends none of ours: the one that was aborted may still tell its end, and late the abort its own.
        if (IsDone)
        {
            return null;
        }

        if (_isAborting)
        {
            _isAborting = !answer.Ends(RecordAccessOpCode.AbortOperation);
            return _isAborting ? null : Again(now, "The device is busy with another transfer.");
        }

        return _step switch
        {
            TransferStep.Count => OnCount(answer, now),
            _ when !answer.Ends(RecordAccessOpCode.ReportRecords) => null,
            TransferStep.Last => OnLast(answer.Response, now),
            _ => OnReport(answer.Response, now),
        };
    }

    /// <summary>The control point said that a procedure is under way already (0x80): it is aborted, and then asked again.</summary>
    /// <returns>The abort to write; null when that was tried often enough.</returns>
    public byte[]? OnBusy(TimeSpan now)
    {
        if (_isAborting || _requests >= MaxRequests)
        {
            return End("The device is busy with another transfer.");
        }

        _requests++;
        _isAborting = true;
        _heardAt = now;
        return RecordAccessControlPoint.Abort();
    }

    /// <summary>How long to wait for more from <paramref name="now"/> on; zero when the procedure has been silent for too long.</summary>
    public TimeSpan WaitAt(TimeSpan now)
    {
        TimeSpan left = _heardAt + (_step == TransferStep.Count && !_isAborting ? CountLimit : ProcedureLimit) - now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>Ends a procedure that has been silent for too long. A device that does not count is asked for its records nevertheless.</summary>
    /// <returns>The next request to write; null when there is none.</returns>
    public byte[]? OnSilence(TimeSpan now) => _step == TransferStep.Count && !_isAborting
        ? Report(now)
        : End("The device stopped in the middle of its records.");

    private byte[]? OnCount(RecordAccessAnswer answer, TimeSpan now)
    {
        if (answer.NumberOfRecords is not null)
        {
            Announced = answer.NumberOfRecords;
        }
        else if (!answer.Ends(RecordAccessOpCode.ReportNumber))
        {
            return null;
        }

        // Whatever else it answers: it may count nothing, or not by this filter, and tell its records all the same.
        return Announced == 0 || answer is { NumberOfRecords: null, Response: RecordAccessResponse.NoRecordsFound } ? OnNothing(now) : Report(now);
    }

    private byte[]? OnReport(RecordAccessResponse response, TimeSpan now)
    {
        switch (response)
        {
            case RecordAccessResponse.Success or RecordAccessResponse.NoRecordsFound:
                return OnTold(now);
            case RecordAccessResponse.OpCodeNotSupported or RecordAccessResponse.InvalidOperator or RecordAccessResponse.OperatorNotSupported
                or RecordAccessResponse.InvalidOperand or RecordAccessResponse.OperandNotSupported when !AsksAll:
                bool hasTime = _selection == TransferSelection.FromNumber && rules.HasTimes && mark!.Time is { IsUnknown: false };
                _selection = hasTime ? TransferSelection.FromTime : TransferSelection.All;
                return Again(now, "The device does not support the request.");
            case RecordAccessResponse.ProcedureNotCompleted or RecordAccessResponse.AbortUnsuccessful:
                return Again(now, "The device could not complete the transfer.");
            case RecordAccessResponse.ServerBusy:
                // Asked at once it would only say so again; it is connected again a while later.
                return End("The device is busy.");
            default:
                return End($"The device refused to tell its records: response code {(byte)response}.");
        }
    }

    private byte[]? OnTold(TimeSpan now)
    {
        if (!AsksAll && !_sawMark)
        {
            return AskAll(now);
        }

        if (_toldNow.Count < Announced)
        {
            if (_shortBefore != _toldNow.Count)
            {
                _shortBefore = _toldNow.Count;
                return Again(now, "The device told fewer records than it announced.");
            }

            IsShort = true;
        }

        if (!AsksAll && _isNearWrap)
        {
            return AskAll(now);
        }

        if (!AsksAll && rules.CountsForLife)
        {
            _step = TransferStep.Last;
            _heardAt = now;
            return RecordAccessRequest.Last(RecordAccessOpCode.ReportRecords).ToOctets();
        }

        return Complete();
    }

    /// <summary>The last record is one of those that were told, unless the numbers started anew beside records that the device kept.</summary>
    private byte[]? OnLast(RecordAccessResponse response, TimeSpan now) => response switch
    {
        RecordAccessResponse.Success when !_lastWasNew => Complete(),
        RecordAccessResponse.OpCodeNotSupported or RecordAccessResponse.InvalidOperator or RecordAccessResponse.OperatorNotSupported
            or RecordAccessResponse.InvalidOperand or RecordAccessResponse.OperandNotSupported => Complete(),
        _ => AskAll(now),
    };

    /// <summary>No record fits: right when all were asked for; else the marked one is gone.</summary>
    private byte[]? OnNothing(TimeSpan now) => AsksAll ? Complete() : AskAll(now);

    private byte[]? AskAll(TimeSpan now)
    {
        _selection = TransferSelection.All;
        _shortBefore = null;
        return Again(now, "The device did not tell its records.");
    }

    private byte[]? Again(TimeSpan now, string failure) => _requests < MaxRequests ? Count(now) : End(failure);

    private byte[] Count(TimeSpan now)
    {
        _step = TransferStep.Count;
        _heardAt = now;
        Announced = null;
        return Ask(RecordAccessOpCode.ReportNumber);
    }

    private byte[] Report(TimeSpan now)
    {
        _step = TransferStep.Report;
        _heardAt = now;
        _requests++;
        _toldNow.Clear();
        return Ask(RecordAccessOpCode.ReportRecords);
    }

    private byte[] Ask(RecordAccessOpCode opCode) => (_selection switch
    {
        TransferSelection.FromNumber => RecordAccessRequest.From(opCode, mark!.SequenceNumber),
        TransferSelection.FromTime => RecordAccessRequest.From(opCode, mark!.Time!.Value),
        _ => RecordAccessRequest.All(opCode),
    }).ToOctets();

    private byte[]? Complete()
    {
        IsComplete = true;
        _step = TransferStep.Done;
        return null;
    }

    private byte[]? End(string failure)
    {
        Failure = failure;
        _step = TransferStep.Done;
        return null;
    }
}
