using HomeHub.Profiles.OmronMemory;

namespace HomeHub.Profiles.Tests.OmronMemory;

/// <summary>The course of a reading, against a memory that answers as the sources say.</summary>
public class OmronMemoryReadTests
{
    private const string Slot = "655854 1A 331A DE18 00004C00BA00";
    private static readonly byte[] Started = Payload.Octets("0880000000100098"), Ended = Payload.Octets("088F000000000087");
    private static readonly OmronMemoryMap Map = OmronMemoryMap.Find("HEM-7142T2")!;

    /// <summary>userx14/omblepy and hass-omron write these octets.</summary>
    [Fact]
    public void Requests_are_those_of_the_sources()
    {
        Assert.Equal("0800000000100018", Convert.ToHexString(OmronFrame.Start()));
        Assert.Equal("080F000000000007", Convert.ToHexString(OmronFrame.End()));
        Assert.Equal("0801000098100081", Convert.ToHexString(OmronFrame.Read(0x0098, 0x10)));
    }

    [Fact]
    public void All_slots_are_read_and_only_those_with_a_record_are_told()
    {
        var reading = new OmronMemoryRead(Map);
        List<byte[]> told = [];
        int requests = 0;
        while (reading.Request() is { } request)
        {
            requests++;
            told.AddRange(reading.Accept(Answer(request, slot => slot is 3 or 13 ? Slot : new string('F', 28))) is { } frame ? [frame] : []);
        }

        Assert.True(reading.IsComplete);
        Assert.False(reading.HasFailed);
        Assert.Equal(Map.SlotsPerUser + 2, requests);
        Assert.Equal([Map.AddressOf(0, 3), Map.AddressOf(0, 13)], told.Select(frame => OmronFrame.AddressOf(frame)));
    }

    [Fact]
    public void Both_users_are_read()
    {
        OmronMemoryMap map = OmronMemoryMap.Find("HEM-7322T")!;
        var reading = new OmronMemoryRead(map);
        var addresses = new HashSet<int>();
        while (reading.Request() is { } request)
        {
            addresses.Add((request[3] << 8) | request[4]);
            reading.Accept(Answer(request, _ => new string('F', 28)));
        }

        Assert.True(reading.IsComplete);
        Assert.Superset(Enumerable.Range(0, 200).Select(i => (int)map.AddressOf(i / 100, i % 100)).ToHashSet(), addresses);
    }

    [Fact]
    public void A_damaged_or_missing_answer_is_asked_for_again_and_not_for_ever()
    {
        var reading = new OmronMemoryRead(Map);
        reading.Request();
        reading.Accept(Started);
        byte[] damaged = OmronRecordTests.Frame(Map.AddressOf(0, 0), Slot);
        damaged[9] ^= 1;
        byte[]? first = reading.Request();
        Assert.Null(reading.Accept(damaged));
        for (int i = 1; i < OmronMemoryRead.MaxTries; i++)
        {
            Assert.Equal(first, reading.Request());
        }

        Assert.Null(reading.Request());
        Assert.True(reading.HasFailed);
    }

    [Theory]
    [InlineData("088F00000000038400")]
    [InlineData("088F000000000384")]
    public void A_refusal_ends_the_reading(string answer)
    {
        var reading = new OmronMemoryRead(Map);
        reading.Request();
        reading.Accept(Started);
        reading.Request();
        Assert.Null(reading.Accept(Payload.Octets(answer)));
        Assert.Equal(answer.Length == 16, reading.HasFailed);
    }

    [Fact]
    public void Another_slots_answer_ends_the_reading()
    {
        var reading = new OmronMemoryRead(Map);
        reading.Request();
        reading.Accept(Started);
        reading.Request();
        Assert.Null(reading.Accept(OmronRecordTests.Frame(Map.AddressOf(0, 1), Slot)));
        Assert.True(reading.HasFailed);
    }

    [Fact]
    public void An_answer_is_put_together_from_its_channels_in_any_order()
    {
        byte[] frame = OmronRecordTests.Frame(0x0098, Slot + "0000");
        var channels = new OmronChannels();
        Assert.Null(channels.Accept(1, frame.AsSpan(16)));
        Assert.Equal(frame, channels.Accept(0, frame.AsSpan(0, 16)));
        Assert.Null(channels.Accept(0, frame.AsSpan(0, 16)));
        Assert.Equal(frame, channels.Accept(1, [.. frame.AsSpan(16), 0x00, 0x00]));
        Assert.Equal(Started, channels.Accept(0, Started));
        Assert.Null(channels.Accept(4, Started));
        Assert.Null(channels.Accept(0, []));
    }

    private static byte[] Answer(byte[] request, Func<int, string> slot)
    {
        ushort address = (ushort)((request[3] << 8) | request[4]);
        return request[1] switch
        {
            0x00 => Started,
            0x0F => Ended,
            _ => OmronRecordTests.Frame(address, slot((address - Map.UserAddresses[0]) / Map.RecordOctets)),
        };
    }
}
