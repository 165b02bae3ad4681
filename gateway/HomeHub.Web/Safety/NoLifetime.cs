using Microsoft.Extensions.Hosting;

namespace HomeHub.Web.Safety;

/// <summary>The hub alone decides when it ends; the web host listens to no signals.</summary>
internal sealed class NoLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
