using System.Diagnostics;
using System.Net.Sockets;
using HomeHub.Core.Buffering;
using HomeHub.Gateway.Requests;
using HomeHub.Sqlite;
using HomeHub.Testing;
using HomeHub.Testing.Buffering;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Tests.Requests;

/// <summary>A command beside a hub that runs sees what the hub has answered, and one without such a hub does not wait.</summary>
public sealed class CommitSocketTests : IDisposable
{
    private static readonly DateTimeOffset Now = SampleReadings.Start.AddHours(5);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-commit-").FullName;
    private readonly CancellationTokenSource _stop = new();

    private string Socket => Path.Combine(_folder, CommitSocket.FileName);

    [Fact]
    public async Task A_reader_sees_what_the_hub_answered_a_moment_before()
    {
        await using SqliteReadingBuffer buffer = await SqliteReadingBuffer.OpenAsync(
            new SqliteBufferOptions { Folder = _folder }, TimeProvider.System, NullLogger<SqliteReadingBuffer>.Instance);
        Task running = await RunAsync(buffer);
        for (int n = 0; n < 20; n++)
        {
            await buffer.AppendAsync([SampleReadings.BloodPressure(n).ToSend()], default);
            BufferedReading leased = Assert.Single(await buffer.LeaseAsync(Recipient.CareTeam, 10, Now, default));
            await buffer.SettleAsync(Recipient.CareTeam, [leased.Id], [], Now, default);
            using SqliteBufferReader reader = await BufferAccess.OpenReaderAsync(_folder, TimeProvider.System, default);
            Assert.Equal(n + 1, (await reader.CountAsync(default)).Receipted);
        }

        await EndAsync(running);
        Assert.False(File.Exists(Socket));
    }

    [Fact]
    public async Task Without_a_hub_nobody_waits_whether_or_not_one_was_killed_there()
    {
        long start = Stopwatch.GetTimestamp();
        await CommitSocket.AskAsync(_folder, TimeProvider.System, default);
        LeaveDead();
        await CommitSocket.AskAsync(_folder, TimeProvider.System, default);
        Assert.True(Stopwatch.GetElapsedTime(start) < CommitSocket.Limit, "it waited");
    }

    [Fact]
    public async Task A_hub_takes_the_place_of_a_dead_one()
    {
        LeaveDead();
        Task running = await RunAsync(new InMemoryReadingBuffer());
        await CommitSocket.AskAsync(_folder, TimeProvider.System, default);
        await EndAsync(running);
    }

    [Fact]
    public async Task A_hub_that_hangs_is_not_waited_for_longer_than_a_second()
    {
        using var hung = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        hung.Bind(new UnixDomainSocketEndPoint(Socket));
        hung.Listen();
        long start = Stopwatch.GetTimestamp();
        await CommitSocket.AskAsync(_folder, TimeProvider.System, default);
        Assert.InRange(Stopwatch.GetElapsedTime(start), CommitSocket.Limit * 0.9, CommitSocket.Limit * 10);
    }

    [Fact]
    public async Task A_folder_that_takes_no_socket_ends_nothing()
    {
        string deep = Path.Combine(_folder, new string('x', 200));
        Directory.CreateDirectory(deep);
        Task running = CommitSocket.RunAsync(deep, new InMemoryReadingBuffer(), TimeProvider.System, NullLogger.Instance, _stop.Token);
        await CommitSocket.AskAsync(deep, TimeProvider.System, default);
        Assert.False(running.IsCompleted);
        await EndAsync(running);
    }

    public void Dispose()
    {
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<Task> RunAsync(IReadingBuffer buffer)
    {
        Task running = CommitSocket.RunAsync(_folder, buffer, TimeProvider.System, NullLogger.Instance, _stop.Token);
        await Eventually.HoldsAsync(Listens, "the hub listens");
        return running;
    }

    private async Task EndAsync(Task running)
    {
        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
    }

    private bool Listens()
    {
        using var asking = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            asking.Connect(new UnixDomainSocketEndPoint(Socket));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>What a killed hub leaves: a socket's file that nobody listens on. Moved away meanwhile, for who ends in order takes it along.</summary>
    private void LeaveDead()
    {
        using (var dead = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            dead.Bind(new UnixDomainSocketEndPoint(Socket));
            File.Move(Socket, Socket + ".kept");
        }

        File.Move(Socket + ".kept", Socket);
    }
}
