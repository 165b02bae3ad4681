using System.Globalization;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Service;
using HomeHub.Testing;
using HomeHub.Testing.Programs;
using Xunit;

namespace HomeHub.Gateway.Tests.Service;

public class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_told_over_the_socket_that_it_names_with_a_file_or_without(bool isAbstract)
    {
        using var listener = new ServiceManagerDouble(isAbstract);
        using var manager = ServiceManager.Find(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = listener.Address }.GetValueOrDefault);
        Assert.True(manager.IsThere);
        Assert.Null(manager.Watchdog);
        manager.Tell("READY=1");
        await Eventually.HoldsAsync(() => listener.Told.Contains("READY=1"), "READY=1 was told");
    }

    [Fact]
    public void Without_one_nothing_is_told()
    {
        using var manager = ServiceManager.Find(_ => null);
        manager.Tell("READY=1");
        Assert.False(manager.IsThere);
        Assert.Null(manager.Watchdog);
    }

    [Fact]
    public void A_socket_that_is_not_there_is_an_error_that_names_it() => Assert.Contains(
        "/nowhere/notify",
        Assert.Throws<CommandFailedException>(() => ServiceManager.Find(new Dictionary<string, string> { ["NOTIFY_SOCKET"] = "/nowhere/notify" }.GetValueOrDefault)).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("30000000", null, 30)]
    [InlineData("30000000", "own", 30)]
    [InlineData("30000000", "1", null)]
    [InlineData("0", null, null)]
    [InlineData("soon", null, null)]
    [InlineData(null, null, null)]
    public void The_watchdog_counts_where_it_is_for_this_process(string? microseconds, string? process, int? seconds)
    {
        using var listener = new ServiceManagerDouble();
        using var manager = ServiceManager.Find(name => name switch
        {
            "NOTIFY_SOCKET" => listener.Address,
            "WATCHDOG_USEC" => microseconds,
            "WATCHDOG_PID" => process == "own" ? Environment.ProcessId.ToString(CultureInfo.InvariantCulture) : process,
            _ => null,
        });
        Assert.Equal(seconds, (int?)manager.Watchdog?.TotalSeconds);
    }
}
