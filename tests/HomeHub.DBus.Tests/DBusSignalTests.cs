using System.Collections.Concurrent;
using HomeHub.Testing;

namespace HomeHub.DBus.Tests;

public sealed class DBusSignalTests : IAsyncLifetime
{
    private const string Name = "org.homehub.Test", Root = "/org/homehub", Interface = "org.homehub.Test1";

    private readonly ConcurrentQueue<DBusSignal> _heard = new();
    private PrivateBus _bus = null!;
    private DBusConnection _server = null!, _client = null!;

    public async Task InitializeAsync()
    {
        _bus = await PrivateBus.StartAsync();
        _server = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        _client = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        await _bus.DisposeAsync();
    }

    [Fact]
    public async Task Thousands_come_in_order_until_the_end_of_the_subscription()
    {
        const int Count = 5_000;
        IAsyncDisposable subscription = await _client.SubscribeAsync(new DBusMatch { Interface = Interface, PathNamespace = Root }, _heard.Enqueue);
        for (uint i = 0; i < Count; i++)
        {
            await _server.EmitAsync(Root + "/a", Interface, "Tick", "u", i);
        }

        await _server.EmitAsync("/org/homehubber", Interface, "Tick", "u", 0u);
        await Eventually.HoldsAsync(() => _heard.Count == Count, "all signals are heard");
        Assert.Equal(Enumerable.Range(0, Count).Select(i => (object)(uint)i), _heard.Select(signal => signal.Arguments[0]));
        await subscription.DisposeAsync();
        await _server.EmitAsync(Root + "/a", Interface, "Tick", "u", 0u);
        await _client.CallAsync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId");
        Assert.Equal(Count, _heard.Count);
    }

    [Fact]
    public async Task Only_the_owner_of_a_name_is_heard_also_after_it_changed()
    {
        await _server.RequestNameAsync(Name);
        await using IAsyncDisposable subscription = await _client.SubscribeAsync(new DBusMatch { Sender = Name, Interface = Interface }, _heard.Enqueue);
        await using DBusConnection stranger = await DBusConnection.OpenAsync(_bus.Address, TimeProvider.System, default);
        await Assert.ThrowsAsync<DBusException>(() => stranger.RequestNameAsync(Name));
        await stranger.EmitAsync(Root, Interface, "Tick", "u", 1u);
        await _server.EmitAsync(Root, Interface, "Tick", "u", 2u);
        await Eventually.HoldsAsync(() => !_heard.IsEmpty, "the owner is heard");
        await _server.ReleaseNameAsync(Name);
        await stranger.RequestNameAsync(Name);
        await stranger.EmitAsync(Root, Interface, "Tick", "u", 3u);
        await Eventually.HoldsAsync(() => _heard.Count == 2, "the new owner is heard");
        Assert.Equal([2u, 3u], _heard.Select(signal => (uint)signal.Arguments[0]));
    }

    [Fact]
    public async Task A_watched_name_tells_its_owner_now_and_at_each_change()
    {
        ConcurrentQueue<string?> owners = new();
        await using IAsyncDisposable watch = await _client.WatchNameAsync(Name, owners.Enqueue);
        Assert.Equal([null], owners);
        await _server.RequestNameAsync(Name);
        await Eventually.HoldsAsync(() => owners.Count == 2, "the name is taken");
        await _server.DisposeAsync();
        await Eventually.HoldsAsync(() => owners.Count == 3, "the owner is gone");
        Assert.Equal([null, _server.UniqueName, null], owners);
    }

    [Fact]
    public async Task An_object_manager_tells_what_is_below_it()
    {
        const string Manager = "org.freedesktop.DBus.ObjectManager";
        await using IAsyncDisposable root = await _server.ExportAsync(new DBusObject(Root) { IsManager = true });
        await using IAsyncDisposable subscription = await _client.SubscribeAsync(new DBusMatch { Interface = Manager }, _heard.Enqueue);
        uint value = 1;
        IAsyncDisposable child = await _server.ExportAsync(new DBusObject(
            Root + "/child", new DBusInterface(Interface) { Properties = [new DBusProperty("Value", "u", () => value)] }));
        object[] answer = await _client.CallAsync(_server.UniqueName, Root, Manager, "GetManagedObjects");
        var objects = (Dictionary<DBusPath, object>)answer[0];
        var described = new Dictionary<string, object> { [Interface] = new Dictionary<string, object> { ["Value"] = 1u } };
        Assert.Equal(described, objects[new DBusPath(Root + "/child")]);
        await child.DisposeAsync();
        await Eventually.HoldsAsync(() => _heard.Count == 2, "it was added and removed");
        Assert.Equal(["InterfacesAdded", "InterfacesRemoved"], _heard.Select(signal => signal.Member));
        Assert.Equal(described, _heard.First().Arguments[1]);
    }

    [Fact]
    public async Task Changed_properties_are_told_with_their_values()
    {
        uint? value = 1;
        await using IAsyncDisposable subscription =
            await _client.SubscribeAsync(new DBusMatch { Path = Root, Member = "PropertiesChanged" }, _heard.Enqueue);
        await _server.ExportAsync(new DBusObject(Root, new DBusInterface(Interface) { Properties = [new DBusProperty("Value", "u", () => value)] }));
        await _server.EmitPropertiesChangedAsync(Root, Interface, "Value");
        value = null;
        await _server.EmitPropertiesChangedAsync(Root, Interface, "Value");
        await Eventually.HoldsAsync(() => _heard.Count == 2, "both changes are told");
        Assert.Equal(new Dictionary<string, object> { ["Value"] = 1u }, _heard.First().Arguments[1]);
        Assert.Equal(new[] { "Value" }, _heard.Last().Arguments[2]);
        await Assert.ThrowsAsync<DBusException>(() => _server.EmitPropertiesChangedAsync("/none", Interface, "Value"));
    }
}
