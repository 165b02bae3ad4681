using Xunit;

namespace HomeHub.Testing;

/// <summary>Waits for what another thread is about to do, with a deadline that a slow machine keeps.</summary>
public static class Eventually
{
    /// <summary>Longest wait.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="holds"/> is true; fails with <paramref name="what"/> when it never is.</summary>
    public static async Task HoldsAsync(Func<bool> holds, string what)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + Deadline;
        while (!holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"Did not come about in {Deadline}: {what}");
            await Task.Delay(5);
        }
    }
}
