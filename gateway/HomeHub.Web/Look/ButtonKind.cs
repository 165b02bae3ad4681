namespace HomeHub.Web.Look;

/// <summary>How much a button asks for attention.</summary>
public enum ButtonKind
{
    /// <summary>What most people want here: one on a page.</summary>
    Main,

    /// <summary>Another way.</summary>
    Other,

    /// <summary>A way that is always there, such as signing out.</summary>
    Quiet,

    /// <summary>What can't be undone; leads over a <see cref="Confirm"/> page.</summary>
    Grave,
}
