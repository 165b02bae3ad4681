namespace HomeHub.Core.Moving;

/// <summary>Why a history does not move.</summary>
public enum MoveProblem
{
    /// <summary>Payloads are held until the hub knows its time and place: what they are can't be taken along.</summary>
    Held,

    /// <summary>There is no room for the archive, or for what is in it.</summary>
    NoRoom,

    /// <summary>The hub that is to take it has people, devices or readings already.</summary>
    NotEmpty,

    /// <summary>The file is no archive of a hub.</summary>
    NotAnArchive,

    /// <summary>The archive, or a file in it, was written by a newer program.</summary>
    NewerVersion,

    /// <summary>The code is not that of this archive.</summary>
    WrongCode,

    /// <summary>The archive was changed since it was written, or what is in it is damaged.</summary>
    Damaged,

    /// <summary>The archive ends too early: not all of it was copied.</summary>
    CutShort,
}
