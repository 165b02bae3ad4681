namespace HomeHub.CloudRelay.Api;

/// <summary>The order of a search.</summary>
internal enum SearchSort
{
    /// <summary>As resources were first stored: what is asked for without <c>_sort</c>.</summary>
    Stored,

    /// <summary>By effective time.</summary>
    Date,

    /// <summary>By meta.lastUpdated.</summary>
    LastUpdated,
}
