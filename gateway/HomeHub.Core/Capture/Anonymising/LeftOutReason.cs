namespace HomeHub.Core.Capture.Anonymising;

/// <summary>Why a value is not in the anonymised capture.</summary>
public enum LeftOutReason : byte
{
    /// <summary>No profile knows its characteristic, so nobody can say what it tells.</summary>
    NotKnown,

    /// <summary>It is not understood: where its dates stand is not certain.</summary>
    NotUnderstood,

    /// <summary>A date in it, or its time of reception, can't be moved.</summary>
    DateNotMovable,

    /// <summary>It holds an address, a system id or a serial number where none belongs.</summary>
    HoldsIdentity,
}
