using System.Text;
using System.Text.Json;
using HomeHub.Core.Buffering;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Status;

namespace HomeHub.Gateway.Tests.Status;

public class StatusTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.FromHours(1));

    private static readonly BufferCounts Counts = new()
    {
        Buffered = 1, Sent = 2, Receipted = 3, Rejected = 4, Quarantined = 5, Local = 6, Duplicates = 7, Taken = 8, SentAgain = 9, SizeBytes = 10, Unassigned = 11, Discarded = 12, TakenBack = 13, IsFull = true,
        OldestUnreceiptedAt = Now.AddMinutes(-5), LastReceiptAt = null,
        RejectedByReason = new Dictionary<string, long> { ["not-enrolled"] = 4 },
        QuarantinedByCause = new Dictionary<string, long> { ["truncated 2A35"] = 5 },
    };

    [Fact]
    public void The_json_has_every_key_that_the_documentation_promises()
    {
        JsonElement json = Write(new HubStatus(Counts, Guid.Empty, null));
        string[] keys =
        [
            "buffered", "sent", "receipted", "rejected", "quarantined", "local", "withheld", "unassigned", "discarded", "takenBack", "duplicates", "taken", "sentAgain", "oldestUnreceiptedAt", "lastReceiptAt",
            "held", "heldBecause", "silentDevices", "silentPeople", "rejectedByReason", "quarantinedByCause", "sizeBytes", "full", "known", "noLongerKnown", "hub", "movedAt", "broker", "brokerSince", "brokerError", "bluetooth", "bluetoothError", "pages", "ownNetwork", "room", "roomAt", "board", "selfCheck", "runningSince", "pid",
        ];
        Assert.Equal(keys, json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(Enumerable.Range(1, 9), new[] { "buffered", "sent", "receipted", "rejected", "quarantined", "local", "duplicates", "taken", "sentAgain" }.Select(key => json.GetProperty(key).GetInt32()));
        Assert.Equal(Enumerable.Range(11, 3), new[] { "unassigned", "discarded", "takenBack" }.Select(key => json.GetProperty(key).GetInt32()));
        Assert.Equal("2026-11-22T09:55:00+01:00", json.GetProperty("oldestUnreceiptedAt").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("lastReceiptAt").ValueKind);
        Assert.Equal(4, json.GetProperty("rejectedByReason").GetProperty("not-enrolled").GetInt32());
        Assert.Equal("stopped", json.GetProperty("broker").GetString());
    }

    [Fact]
    public void Records_that_are_no_longer_known_are_told_with_what_to_do()
    {
        using var output = new StringWriter();
        StatusTable.Write(new HubStatus(Counts with { Known = 70, NoLongerKnown = 17 }, Guid.Empty, null), output, Now);
        Assert.Contains("17 records", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("maxSizeMiB", output.ToString(), StringComparison.Ordinal);
        JsonElement json = Write(new HubStatus(Counts with { Known = 70, NoLongerKnown = 17 }, Guid.Empty, null));
        Assert.Equal((70, 17), (json.GetProperty("known").GetInt32(), json.GetProperty("noLongerKnown").GetInt32()));
    }

    [Fact]
    public void What_the_hub_found_of_itself_is_told_to_a_person_and_to_a_script()
    {
        var report = SelfCheckReport.Of([new CheckFinding(CheckKind.Database, CheckOutcome.Good), new CheckFinding(CheckKind.Disk, CheckOutcome.Warning, CheckReason.DiskLow, "400 MB of 32000 MB")], null, Now);
        var status = new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, true, Now, false, null) { SelfCheck = report });
        JsonElement check = Write(status).GetProperty("selfCheck");
        Assert.Equal("warning", check.GetProperty("outcome").GetString());
        Assert.Equal(["good ", "warning disk-low"], check.GetProperty("checks").EnumerateArray().Select(one => $"{one.GetProperty("outcome").GetString()} {one.GetProperty("reason").GetString()}"));
        using var output = new StringWriter();
        StatusTable.Write(status, output, Now);
        Assert.Contains("disk warning:disk-low", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("homehub check", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, "connected")]
    [InlineData(false, "disconnected")]
    public void The_broker_is_as_the_running_hub_says(bool isConnected, string expected)
    {
        var run = new RunState(7, "0.1.0", Now, null, isConnected, Now, true, isConnected ? null : "Connection refused");
        JsonElement json = Write(new HubStatus(Counts, Guid.Empty, run));
        Assert.Equal((expected, 7), (json.GetProperty("broker").GetString(), json.GetProperty("pid").GetInt32()));
    }

    [Theory]
    [InlineData("time-not-known", "timedatectl")]
    [InlineData("time-zone-not-set", "--time-zone")]
    public void What_is_held_is_told_with_what_to_do(string reason, string advice)
    {
        var status = new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, true, Now, false, null, HeldBecause: reason), 17);
        JsonElement json = Write(status);
        Assert.Equal((17, reason), (json.GetProperty("held").GetInt32(), json.GetProperty("heldBecause").GetString()));
        using var output = new StringWriter();
        StatusTable.Write(status, output, Now);
        Assert.Contains(advice, output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("open", "homehub label")]
    [InlineData("failed", "tried again")]
    [InlineData("no-service", "NetworkManager")]
    [InlineData("no-radio", "no wireless adapter")]
    [InlineData("not-able", "access point")]
    [InlineData("switched-off", "switched off")]
    [InlineData("closed", "closed")]
    public void The_hubs_own_network_is_told_with_why_there_is_none(string condition, string said)
    {
        var status = new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, true, Now, false, null, OwnNetwork: condition));
        Assert.Equal(condition, Write(status).GetProperty("ownNetwork").GetString());
        using var output = new StringWriter();
        StatusTable.Write(status, output, Now);
        Assert.Contains("Own network", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(said, output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ready", "last told 3 min ago")]
    [InlineData("several", "room.sensor")]
    [InlineData("not-there", "room.sensor")]
    [InlineData("failed", "can't be read")]
    [InlineData("not-credible", "can't be")]
    [InlineData("waiting", "waits until")]
    public void How_it_stands_with_the_sensor_of_the_room_is_told_where_there_is_one(string condition, string said)
    {
        var status = new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, true, Now, false, null, Room: condition, RoomAt: Now.AddMinutes(-3)));
        Assert.Equal((condition, Now.AddMinutes(-3)), (Write(status).GetProperty("room").GetString(), Write(status).GetProperty("roomAt").GetDateTimeOffset()));
        using var output = new StringWriter();
        StatusTable.Write(status, output, Now);
        Assert.Contains(said, output.ToString().ReplaceLineEndings(" "), StringComparison.Ordinal);
        using var without = new StringWriter();
        StatusTable.Write(status with { Run = status.Run! with { Room = "none" } }, without, Now);
        Assert.DoesNotContain("Room", without.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_found_of_the_board_is_told()
    {
        Assert.Equal(JsonValueKind.Null, Write(new HubStatus(Counts, Guid.Empty, null)).GetProperty("board").ValueKind);
        BoardPartState[] board =
        [
            new("light", "found", "led:homehub:status", "solid", ["storage-full"]), new("buzzer", "none", null), new("button", "busy", "gpio:homehub-button"),
        ];
        var status = new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, true, Now, false, null, Board: board));
        JsonElement json = Write(status).GetProperty("board");
        Assert.Equal("""{"condition":"found","place":"led:homehub:status","shows":"solid","needs":["storage-full"]}""", JsonSerializer.Serialize(json.GetProperty("light")));
        Assert.Equal("""{"condition":"none","place":null}""", JsonSerializer.Serialize(json.GetProperty("buzzer")));
        using var output = new StringWriter();
        StatusTable.Write(status, output, Now);
        string table = output.ToString();
        Assert.Contains("storage-full", table, StringComparison.Ordinal);
        Assert.Contains("in use by another program", table, StringComparison.Ordinal);
        Assert.DoesNotContain("Buzzer", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_silent_is_not_known_while_the_clock_is_not()
    {
        JsonElement json = Write(new HubStatus(Counts, Guid.Empty, null));
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (json.GetProperty("silentDevices").ValueKind, json.GetProperty("silentPeople").ValueKind));
        json = Write(new HubStatus(Counts, Guid.Empty, null, Silence: new DeviceSilence(2, 1)));
        Assert.Equal((2, 1), (json.GetProperty("silentDevices").GetInt32(), json.GetProperty("silentPeople").GetInt32()));
        using var output = new StringWriter();
        StatusTable.Write(new HubStatus(Counts, Guid.Empty, null), output, Now);
        Assert.Contains("not known", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_says_loudly_that_the_buffer_is_full_and_how_to_retry()
    {
        using var output = new StringWriter();
        StatusTable.Write(new HubStatus(Counts, Guid.Empty, new RunState(7, "0.1.0", Now, null, false, Now, true, "refused [by broker]")), output, Now);
        string table = output.ToString().ReplaceLineEndings(" ");
        Assert.Contains("The buffer is full", table, StringComparison.Ordinal);
        Assert.Contains("retry-rejected", table, StringComparison.Ordinal);
        Assert.Contains("homehub readings unassigned", table, StringComparison.Ordinal);
        Assert.Contains("not-enrolled 4", table, StringComparison.Ordinal);
        Assert.Contains("[by broker]", table, StringComparison.Ordinal);
    }

    private static JsonElement Write(HubStatus status)
    {
        using var output = new MemoryStream();
        StatusJson.Write(status, output);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(output.ToArray()));
    }
}
