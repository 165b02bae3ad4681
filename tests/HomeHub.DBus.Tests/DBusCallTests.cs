using HomeHub.Testing;

namespace HomeHub.DBus.Tests;

/// <summary>Two connections over a real dbus-daemon: one shows an object, the other calls it.</summary>
public sealed class DBusCallTests : IAsyncLifetime
{
    private const string Path = "/org/homehub/test", Interface = "org.homehub.Test1";

    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(200), Patience = TimeSpan.FromSeconds(20);

    private readonly TaskCompletionSource<IReadOnlyList<object>> _late = new();
    private PrivateBus _bus = null!;
    private DBusConnection _server = null!, _client = null!;
    private string _mood = "calm";

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        _server = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        _client = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        await _server.ExportAsync(new DBusObject(Path, new DBusInterface(Interface)
        {
            Methods =
            [
                new DBusMethod("Echo", "v", "v", call => Answer(call.Arguments[0] as object is object[] list ? new DBusVariant("av", list) : call.Arguments[0])),
                new DBusMethod("Sum", "au", "u", call => Answer((uint)((object[])call.Arguments[0]).Sum(value => (uint)value))),
                new DBusMethod("Refuse", "", "", _ => throw new DBusException("org.homehub.Error.No", "not today")),
                new DBusMethod("Late", "", "s", _ => _late.Task),
                new DBusMethod("Wrong", "", "u", _ => Answer("not a number")),
                new DBusMethod("Bug", "", "", _ => throw new InvalidOperationException("secret")),
            ],
            Properties =
            [
                new DBusProperty("Mood", "s", () => _mood, value => _mood = (string)value), new DBusProperty("Fixed", "u", () => 7u),
                new DBusProperty("Absent", "s", () => null),
            ],
        }));
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        await _bus.DisposeAsync();
    }

    public static TheoryData<string, object> Values() => new()
    {
        { "y", (byte)255 }, { "b", true }, { "n", short.MinValue }, { "q", ushort.MaxValue }, { "i", int.MinValue }, { "u", uint.MaxValue },
        { "x", long.MinValue }, { "t", ulong.MaxValue }, { "d", -1.5 }, { "s", "Å ñ 漢" }, { "s", "" }, { "o", new DBusPath("/a/b") },
        { "ay", new byte[] { 0, 1, 255 } }, { "ay", Array.Empty<byte>() }, { "as", new[] { "a", "b" } }, { "ao", new[] { new DBusPath("/a") } },
        { "a{sv}", new Dictionary<string, object> { ["n"] = (short)-70, ["o"] = new byte[] { 1 } } },
        { "a{qv}", new Dictionary<ushort, object> { [0x004C] = new byte[] { 2, 21 } } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Values_come_back_as_they_went(string signature, object value)
    {
        object[] answer = await CallAsync("Echo", "v", new DBusVariant(signature, value));
        Assert.Equal(value, Assert.Single(answer));
    }

    [Fact]
    public async Task Arrays_of_numbers_and_structures_are_read()
    {
        Assert.Equal([6u], await CallAsync("Sum", "au", (object)new object[] { 1u, 2u, 3u }));
        object[] answer = await CallAsync("Echo", "v", new DBusVariant("(sa{sv})", new object[] { "s", new Dictionary<string, object>() }));
        Assert.Equal(["s", new Dictionary<string, object>()], (object[])answer[0]);
    }

    [Theory]
    [InlineData("Refuse", "org.homehub.Error.No")]
    [InlineData("None", DBusErrors.UnknownMethod)]
    [InlineData("Sum", DBusErrors.InvalidArgs)]
    [InlineData("Wrong", DBusErrors.Failed)]
    [InlineData("Bug", DBusErrors.Failed)]
    public async Task An_error_has_its_name(string method, string name)
    {
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => CallAsync(method, ""));
        Assert.Equal(name, error.Name);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_and_nothing_to_call_are_told_apart()
    {
        Assert.Equal(DBusErrors.ServiceUnknown, (await Assert.ThrowsAsync<DBusException>(() => _client.CallAsync("org.homehub.None", Path, Interface, "Echo"))).Name);
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => _client.CallAsync(_server.UniqueName, "/none", Interface, "Echo"));
        Assert.Equal(DBusErrors.UnknownObject, error.Name);
    }

    [Fact]
    public async Task Arguments_that_do_not_fit_their_signature_are_not_sent()
    {
        Assert.Equal(DBusErrors.InvalidArgs, (await Assert.ThrowsAsync<DBusException>(() => CallAsync("Sum", "au", "text"))).Name);
        Assert.Equal(DBusErrors.InvalidArgs, (await Assert.ThrowsAsync<DBusException>(() => CallAsync("Sum", "uu", 1u))).Name);
        await Assert.ThrowsAsync<DBusException>(() => _client.CallAsync(_server.UniqueName, "not a path", Interface, "Echo"));
    }

    [Fact]
    public async Task A_call_is_bounded_and_its_late_answer_goes_nowhere()
    {
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => _client.CallAsync(_server.UniqueName, Path, Interface, "Late", Short));
        Assert.Equal(DBusErrors.Timeout, error.Name);
        using var stop = new CancellationTokenSource();
        Task<object[]> cancelled = _client.CallAsync(_server.UniqueName, Path, Interface, "Late", null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Task<object[]> waiting = _client.CallAsync(_server.UniqueName, Path, Interface, "Late");
        _late.SetResult(["now"]);
        Assert.Equal(["now"], await waiting);
    }

    [Fact]
    public async Task Properties_are_got_and_set()
    {
        const string Properties = "org.freedesktop.DBus.Properties";
        Task<object[]> Ask(string method, string signature, params object[] arguments) =>
            _client.CallAsync(_server.UniqueName, Path, Properties, method, signature, arguments);
        await Ask("Set", "ssv", Interface, "Mood", new DBusVariant("s", "glad"));
        Assert.Equal(["glad"], await Ask("Get", "ss", Interface, "Mood"));
        var all = (Dictionary<string, object>)(await Ask("GetAll", "s", Interface))[0];
        Assert.Equal(new Dictionary<string, object> { ["Mood"] = "glad", ["Fixed"] = 7u }, all);
        Assert.Equal(DBusErrors.PropertyReadOnly, (await Assert.ThrowsAsync<DBusException>(() => Ask("Set", "ssv", Interface, "Fixed", new DBusVariant("u", 1u)))).Name);
        Assert.Equal(DBusErrors.UnknownProperty, (await Assert.ThrowsAsync<DBusException>(() => Ask("Get", "ss", Interface, "None"))).Name);
        object[] xml = await _client.CallAsync(_server.UniqueName, Path, "org.freedesktop.DBus.Introspectable", "Introspect");
        Assert.Contains("<method name=\"Echo\"><arg type=\"v\" direction=\"in\"/>", (string)xml[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_threads_call_at_once()
    {
        // A bus allows 128 open calls of a connection.
        uint[] sums = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
        {
            uint sum = 0;
            for (uint round = 0; round < 10; round++)
            {
                sum += (uint)(await CallAsync("Sum", "au", (object)new object[] { (uint)i, 1u }))[0];
            }

            return sum;
        })));
        Assert.Equal(Enumerable.Range(1, 100).Select(i => (uint)i * 10), sums);
    }

    [Fact]
    public async Task When_the_bus_goes_away_calls_fail_at_once()
    {
        Task<object[]> waiting = _client.CallAsync(_server.UniqueName, Path, Interface, "Late");
        await CallAsync("Sum", "au", (object)new object[] { 1u });
        await _bus.KillAsync();
        Assert.Equal(DBusErrors.Disconnected, (await _client.Closed.WaitAsync(Patience)).Name);
        Assert.Equal(DBusErrors.Disconnected, (await Assert.ThrowsAsync<DBusException>(() => waiting.WaitAsync(Patience))).Name);
        Assert.Equal(DBusErrors.Disconnected, (await Assert.ThrowsAsync<DBusException>(() => CallAsync("Sum", "au"))).Name);
        await _bus.StartAgainAsync();
        await using DBusConnection again = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        Assert.StartsWith(":", again.UniqueName, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bus_that_is_not_there_is_a_clear_error()
    {
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => DBusConnection.OpenAsync("unix:path=/no/such/bus", TimeProvider.System, default));
        Assert.Contains("message bus can't be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_forbids_is_access_denied()
    {
        await using PrivateBus strict = await PrivateBus.StartAsync($"<deny send_interface=\"{Interface}\"/>");
        await using DBusConnection server = await DBusConnection.OpenAsync(strict.Address, TimeProvider.System, default);
        await using DBusConnection client = await DBusConnection.OpenAsync(strict.Address, TimeProvider.System, default);
        DBusException error = await Assert.ThrowsAsync<DBusException>(() => client.CallAsync(server.UniqueName, Path, Interface, "Echo"));
        Assert.Equal(DBusErrors.AccessDenied, error.Name);
    }

    private static Task<IReadOnlyList<object>> Answer(object value) => Task.FromResult<IReadOnlyList<object>>([value]);

    private Task<object[]> CallAsync(string method, string signature, params object[] arguments) =>
        _client.CallAsync(_server.UniqueName, Path, Interface, method, signature, arguments, Patience);
}
