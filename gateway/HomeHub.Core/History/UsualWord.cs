namespace HomeHub.Core.History;

/// <summary>How a number compares with what is usual for the person.</summary>
public enum UsualWord
{
    /// <summary>Within the usual range.</summary>
    AsUsual,

    /// <summary>Above it.</summary>
    Higher,

    /// <summary>Below it.</summary>
    Lower,
}
