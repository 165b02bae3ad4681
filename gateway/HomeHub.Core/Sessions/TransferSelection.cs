namespace HomeHub.Core.Sessions;

/// <summary>Which records a transfer asks for.</summary>
internal enum TransferSelection
{
    /// <summary>From the marked one's number on.</summary>
    FromNumber,

    /// <summary>From the marked one's time on.</summary>
    FromTime,

    /// <summary>All.</summary>
    All,
}
