namespace HomeHub.Core.SelfCheck;

/// <summary>Why a check did not come out good. On the wire and in JSON in kebab case.</summary>
public enum CheckReason
{
    /// <summary>A database file is damaged.</summary>
    DatabaseDamaged,

    /// <summary>A database file can't be read, or is held by another program.</summary>
    DatabaseUnreadable,

    /// <summary>A database file can't be written.</summary>
    DatabaseReadOnly,

    /// <summary>A write-ahead log has grown past its bound.</summary>
    LogTooLarge,

    /// <summary>A database file can't give room back to the disk: it is of an older program, and there was no room to write it anew.</summary>
    RoomNotGivenBack,

    /// <summary>The check took longer than its limit.</summary>
    NotFinished,

    /// <summary>Little room is left on the disk.</summary>
    DiskLow,

    /// <summary>Hardly any room is left on the disk.</summary>
    DiskFull,

    /// <summary>The disk takes few files more, whatever room it has.</summary>
    FewInodes,

    /// <summary>A file can't be written to the disk.</summary>
    DiskNotWritable,

    /// <summary>The clock was not synchronised since the system started.</summary>
    TimeNotKnown,

    /// <summary>A certificate ends soon.</summary>
    CertificateEndsSoon,

    /// <summary>A certificate has ended.</summary>
    CertificateEnded,

    /// <summary>A certificate does not hold yet.</summary>
    CertificateNotYet,

    /// <summary>A certificate's file can't be read, or holds none.</summary>
    CertificateUnreadable,

    /// <summary>The adapter is still looked for.</summary>
    AdapterStarting,

    /// <summary>The system's message bus is away.</summary>
    AdapterNoBus,

    /// <summary>The system's Bluetooth service does not run.</summary>
    AdapterNoService,

    /// <summary>The system's Bluetooth service is there, and does not answer.</summary>
    AdapterNotAnswering,

    /// <summary>There is no adapter, or not the one that was chosen.</summary>
    AdapterMissing,

    /// <summary>The adapter is switched off or blocked.</summary>
    AdapterPoweredOff,

    /// <summary>This user may not use Bluetooth.</summary>
    AdapterNoPermission,

    /// <summary>The check itself failed.</summary>
    CheckFailed,
}
