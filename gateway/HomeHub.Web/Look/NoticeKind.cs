namespace HomeHub.Web.Look;

/// <summary>What a notice or a status word tells. Each has a mark and a word of its own beside its colour.</summary>
public enum NoticeKind
{
    /// <summary>Something to know.</summary>
    Information,

    /// <summary>All is well, or something was done.</summary>
    Good,

    /// <summary>Somebody should look at it.</summary>
    Attention,

    /// <summary>Something does not work.</summary>
    Trouble,
}
