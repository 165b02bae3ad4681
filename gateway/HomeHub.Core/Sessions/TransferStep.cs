namespace HomeHub.Core.Sessions;

/// <summary>Where a transfer of stored records is.</summary>
internal enum TransferStep
{
    /// <summary>The number of records was asked for.</summary>
    Count,

    /// <summary>Records were asked for.</summary>
    Report,

    /// <summary>The last record was asked for.</summary>
    Last,

    /// <summary>It is over.</summary>
    Done,
}
