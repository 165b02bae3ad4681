using HomeHub.Core.Climate;
using HomeHub.Core.Naming;
using HomeHub.Core.Peripherals;
using HomeHub.Core.SelfCheck;
using HomeHub.Core.Time;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <content>What is told to <c>homehub status</c>.</content>
internal sealed partial class HubReporter
{
    /// <summary>Written when it tells something else, and otherwise rarely: each time wears a memory card.</summary>
    private void WriteState()
    {
        RunState state = ReadState();
        if (state.TellsAs(_state) && !IsDue(_stateWritten, RunState.Heartbeat))
        {
            return;
        }

        _stateWritten = parts.Time.GetTimestamp();
        try
        {
            RunStateFile.Write(parts.Folder, state);
            _state = state;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _logger.LogWarning("run-state.json can't be written: {Reason}", error.Message);
        }
    }

    private RunState ReadState()
    {
        (PagesState? pages, RoomNow? room, SelfCheckReport? found) = (Pages?.Invoke(), parts.Room?.Invoke(), SelfCheck());
        CentralState? judged = AdapterProbe.Judge(_radio, found);
        return new RunState(
            Environment.ProcessId, Adapters.SoftwareVersion, Moment(_started), new BootMoment(parts.Clock.BootId, parts.Clock.Uptime), _isConnected,
            Moment(_brokerChanged), _counts.IsFull, parts.WhyNotConnected())
        {
            StartTicks = _startTicks,
            SelfCheck = found,
            Radio = judged is { } radio ? KebabName.Of(radio.Condition) : null,
            HeldBecause = parts.Holding?.Why() is { } why ? KebabName.Of(why) : null,
            Pages = pages?.Address.AbsoluteUri,
            Board = Board?.Invoke(),
            Room = room is null ? null : KebabName.Of(room.Condition),
            RoomAt = room?.At,
            OwnNetwork = pages?.OwnNetwork is { } own ? KebabName.Of(own) : null,
            RadioError = judged is { IsReady: false, Message.Length: > 0 } ? judged.Message : null,
        };
    }
}
