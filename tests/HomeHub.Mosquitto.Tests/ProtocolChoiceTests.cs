namespace HomeHub.Mosquitto.Tests;

public class ProtocolChoiceTests
{
    [Fact]
    public void A_broker_without_5_gets_311_at_once_and_from_then_on()
    {
        var choice = new ProtocolChoice(null);
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
        Assert.True(choice.Failed(MosquittoFailureKind.ProtocolVersion, true));
        Assert.Equal(MosquittoProtocol.Mqtt311, choice.Current);
        choice.Connected();
        Assert.False(choice.Failed(MosquittoFailureKind.ConnectionLost, true));
        Assert.Equal(MosquittoProtocol.Mqtt311, choice.Current);
    }

    [Fact]
    public void A_broker_without_311_either_is_not_hammered()
    {
        var choice = new ProtocolChoice(null);
        Assert.True(choice.Failed(MosquittoFailureKind.ProtocolVersion, true));
        Assert.False(choice.Failed(MosquittoFailureKind.ProtocolVersion, true));
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
    }

    [Fact]
    public void A_broker_that_says_nothing_gets_both_in_turn_until_one_connects()
    {
        var choice = new ProtocolChoice(null);
        Assert.False(choice.Failed(MosquittoFailureKind.Unreachable, false));
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
        Assert.False(choice.Failed(MosquittoFailureKind.ConnectionLost, true));
        Assert.Equal(MosquittoProtocol.Mqtt311, choice.Current);
        Assert.False(choice.Failed(MosquittoFailureKind.ConnectionLost, true));
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
        choice.Connected();
        Assert.False(choice.Failed(MosquittoFailureKind.ConnectionLost, true));
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
    }

    [Fact]
    public void One_version_only_is_one_only()
    {
        var choice = new ProtocolChoice(MosquittoProtocol.Mqtt5);
        Assert.False(choice.Failed(MosquittoFailureKind.ProtocolVersion, true));
        Assert.False(choice.Failed(MosquittoFailureKind.ConnectionLost, true));
        Assert.Equal(MosquittoProtocol.Mqtt5, choice.Current);
    }
}
