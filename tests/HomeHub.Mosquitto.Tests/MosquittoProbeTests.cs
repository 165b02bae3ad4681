using HomeHub.Testing;
using static HomeHub.Mosquitto.Tests.TestClients;

namespace HomeHub.Mosquitto.Tests;

public class MosquittoProbeTests
{
    [Fact]
    public async Task It_answers_connected_waiting_and_closed_when_it_is_asked_whether_it_goes_on()
    {
        MosquittoClient client;
        await using (var broker = await MosquittoBroker.StartAsync())
        {
            client = await ConnectAsync(Options(broker, "a"));
            await client.ProbeAsync(Deadline);
        }

        await Eventually.HoldsAsync(() => client.State == MosquittoState.Waiting, "the client waits for its next try");
        await client.ProbeAsync(Deadline);
        await client.DisposeAsync();
        await client.ProbeAsync(Deadline);
        Assert.Equal(MosquittoState.Closed, client.State);
    }
}
