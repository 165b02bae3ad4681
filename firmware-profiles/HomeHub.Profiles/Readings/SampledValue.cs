namespace HomeHub.Profiles;

/// <summary>A piece of a waveform (RTSA): numbers taken at equal distances in time, in one unit.</summary>
/// <param name="Code">What was measured.</param>
/// <param name="Samples">The numbers, the first one first, at least one; whole as the device sent them.</param>
/// <param name="PeriodMilliseconds">Time from one sample to the next.</param>
/// <param name="Unit">Their unit.</param>
public sealed record SampledValue(MdcTerm Code, int[] Samples, decimal PeriodMilliseconds, Unit Unit) : ReadingValue(Code)
{
    /// <summary>Time of the last sample by a clock of the device that only counts, in nanoseconds; by it a piece is seen to follow another without a gap.</summary>
    public ulong LastAtNanoseconds { get; init; }

    /// <summary>Time from the first sample to the last.</summary>
    public TimeSpan Lasted => TimeSpan.FromTicks((long)((Samples.Length - 1) * PeriodMilliseconds * TimeSpan.TicksPerMillisecond));

    /// <summary>Whether no sample is missing between <paramref name="previous"/> and this piece: its length and its distance agree to half a sample.</summary>
    public bool Follows(SampledValue previous)
    {
        decimal distance = (decimal)LastAtNanoseconds - previous.LastAtNanoseconds, expected = Samples.Length * PeriodMilliseconds * 1_000_000;
        return Code == previous.Code && PeriodMilliseconds == previous.PeriodMilliseconds && Math.Abs(distance - expected) <= PeriodMilliseconds * 500_000;
    }
}
