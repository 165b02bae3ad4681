using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace HomeHub.Web.Safety;

/// <summary>The built-in limiter, told what one address may.</summary>
internal static class PageRateLimits
{
    /// <summary>How a live part's path ends.</summary>
    public const string LiveEnding = "/live";

    private static readonly TimeSpan FormWindow = TimeSpan.FromMinutes(1);

    /// <summary>All three limits: requests, forms, live parts.</summary>
    public static PartitionedRateLimiter<HttpContext> Create(PageLimits limits) => PartitionedRateLimiter.CreateChained(
        PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetTokenBucketLimiter(KeyOf(http), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = limits.BurstRequests, TokensPerPeriod = limits.RequestsPerSecond, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = 0,
        })),
        PartitionedRateLimiter.Create<HttpContext, string>(http => !HttpMethods.IsPost(http.Request.Method)
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetFixedWindowLimiter(KeyOf(http), _ => new FixedWindowRateLimiterOptions
            {
                PermitLimit = limits.FormsPerMinute, Window = FormWindow, QueueLimit = 0,
            })),
        PartitionedRateLimiter.Create<HttpContext, string>(http => http.Request.Path.Value?.EndsWith(LiveEnding, StringComparison.Ordinal) != true
            ? RateLimitPartition.GetNoLimiter("")
            : RateLimitPartition.GetConcurrencyLimiter(KeyOf(http), _ => new ConcurrencyLimiterOptions { PermitLimit = limits.LiveStreams, QueueLimit = 0 })));

    private static string KeyOf(HttpContext http) => RemoteAddress.KeyOf(http.Connection.RemoteIpAddress);
}
