namespace HomeHub.Core.Household;

/// <summary>
/// How long a sign-in stays closed after wrong tries: some are free, then 30 seconds, doubling with each further one up to an hour. Pure: who counts what is
/// the caller's (docs/decisions/0040).
/// </summary>
public static class LockOut
{
    /// <summary>Wrong tries without a wait.</summary>
    public const int FreeTries = 5;

    /// <summary>First wait.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    /// <summary>Longest wait.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    /// <summary>How long wrong tries are remembered after the last one.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(1);

    /// <summary>The wait after so many wrong tries.</summary>
    /// <param name="wrong">Wrong tries, 0 and up.</param>
    /// <param name="free">How many of them cost nothing.</param>
    public static TimeSpan WaitAfter(int wrong, int free = FreeTries)
    {
        int doublings = wrong - free;
        return doublings < 0 ? TimeSpan.Zero
            : doublings >= 7 ? LongestWait
            : TimeSpan.FromTicks(Math.Min(FirstWait.Ticks << doublings, LongestWait.Ticks));
    }

    /// <summary>How long it is still closed; zero when it is open. A time that is further ahead than the wait is of a clock that was wrong, and closes nothing.</summary>
    public static TimeSpan Remaining(SignInTries tries, DateTimeOffset now, int free = FreeTries)
    {
        TimeSpan wait = WaitAfter(tries.Wrong, free);
        TimeSpan since = now - tries.LastAt;
        return wait == TimeSpan.Zero || since >= wait || since < -wait ? TimeSpan.Zero : since < TimeSpan.Zero ? wait : wait - since;
    }
}
