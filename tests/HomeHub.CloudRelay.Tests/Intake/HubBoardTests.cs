using HomeHub.CloudRelay.Intake;
using HomeHub.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.CloudRelay.Tests.Intake;

public class HubBoardTests
{
    private static readonly Guid One = new("00000000-0000-4000-8000-000000000001"), Other = new("00000000-0000-4000-8000-000000000002");

    [Fact]
    public void Hubs_that_need_somebody_are_counted_until_they_need_nobody()
    {
        var board = new HubBoard(NullLogger.Instance);
        board.Take(One, Status(new HubChecks("good", "warning:disk-low")));
        board.Take(Other, Status(new HubChecks("good", "unknown:check-failed", Adapter: "off")));
        Assert.Equal((2, 1), (board.Online, board.InNeed));
        board.Take(One, Status(new HubChecks("good", "good")));
        Assert.Equal(0, board.InNeed);
        board.Take(Other, Status(new HubChecks("bad:database-damaged")));
        Assert.Equal(1, board.InNeed);
        board.Take(Other, HubStatusMessage.LastWill.ToUtf8Bytes());
        Assert.Equal((1, 0), (board.Online, board.InNeed));
    }

    private static byte[] Status(HubChecks checks) => new HubStatusMessage { State = HubState.Online, Checks = checks }.ToUtf8Bytes();
}
