using HomeHub.Web.Look;

namespace HomeHub.Web.Setup;

/// <summary>One thing that was looked at of the way to the care team, in words.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Kind">Whether it is well.</param>
/// <param name="Word">How it is, in a word or two.</param>
/// <param name="More">More of it, such as since when; empty: nothing.</param>
/// <param name="Do">What to do; null: nothing.</param>
public sealed record ConnectionCheck(string Name, NoticeKind Kind, string Word, string More, string? Do = null);
