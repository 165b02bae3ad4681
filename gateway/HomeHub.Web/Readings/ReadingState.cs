namespace HomeHub.Web.Readings;

/// <summary>What a person can do with a reading.</summary>
internal enum ReadingState
{
    /// <summary>It is nobody's: it can be assigned or discarded.</summary>
    Unassigned,

    /// <summary>It is somebody's: it can be taken back.</summary>
    Somebodys,

    /// <summary>It was discarded or taken back: nothing can be done with it.</summary>
    Ended,
}
