using Xunit;

namespace HomeHub.Testing;

/// <summary>Waits for what another thread is about to do, with a deadline that a slow machine keeps.</summary>
public static class Eventually
{
    /// <summary>Longest wait.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    /// <summary>Waits until <paramref name="holds"/> is true; fails with <paramref name="what"/> when it never is.</summary>
    public static Task HoldsAsync(Func<bool> holds, string what) =>
        HoldsAsync(() => Task.FromResult(holds()), () => what, Deadline, TimeSpan.FromMilliseconds(5));

    /// <summary>Waits until <paramref name="holds"/> gives true, at most <paramref name="limit"/>; asks every <paramref name="interval"/>.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> holds, Func<string> what, TimeSpan limit, TimeSpan interval)
    {
        DateTimeOffset end = TimeProvider.System.GetUtcNow() + limit;
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < end, $"Did not come about in {limit}: {what()}");
            await Task.Delay(interval);
        }
    }
}
