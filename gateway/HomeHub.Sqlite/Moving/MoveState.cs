namespace HomeHub.Sqlite;

/// <summary>How far a hub is that gives its history away.</summary>
internal enum MoveState
{
    /// <summary>It is being packed; a start that finds this goes back.</summary>
    Begun,

    /// <summary>It is packed: the hub takes and sends nothing.</summary>
    Moved,

    /// <summary>Everything of the home is being removed; a start that finds this goes on with it.</summary>
    Wiping,
}
