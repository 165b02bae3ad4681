using HomeHub.Core.Board;
using HomeHub.Core.Naming;
using HomeHub.Core.Network;
using HomeHub.Core.SelfCheck;
using HomeHub.Hardware;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What a hub with light, buzzer or button has more. Nothing of it is loaded before this is opened.</summary>
internal sealed class BoardParts : IAsyncDisposable
{
    private readonly BoardKeeper? _keeper;
    private readonly IReadOnlyList<BoardPart> _parts;

    private BoardParts(BoardKeeper? keeper, IReadOnlyList<BoardPart> parts) => (_keeper, _parts) = (keeper, parts);

    /// <summary>Looks for them, and has those that are there work.</summary>
    /// <param name="parts">The hub.</param>
    /// <param name="runner">Tells whether the buffer is full, and what the hub found of itself.</param>
    /// <param name="reset">Has networks forgotten; null where the hub opens none of its own.</param>
    public static BoardParts Open(HubParts parts, HubRunner runner, NetworkReset? reset)
    {
        FoundBoard found = Adapters.OpenBoard(parts.Configuration.Board, parts.Loggers, parts.Time);
        if (found.Ports.IsEmpty)
        {
            return new BoardParts(null, found.Parts);
        }

        return new BoardParts(new BoardKeeper(found.Ports, () => ReadInputs(parts, runner), new ButtonActs(parts, reset), parts.Time, parts.Loggers.CreateLogger<BoardKeeper>()), found.Parts);
    }

    /// <summary>How the hub is, as far as the light tells it.</summary>
    internal static LightInputs ReadInputs(HubParts parts, HubRunner runner)
    {
        SelfCheckReport? found = runner.SelfCheck.Report;
        return new LightInputs
        {
            IsBrokerReached = parts.Uplink.IsConnected,
            IsRadioAway = AdapterProbe.Judge(parts.Radio?.State, found) is { IsReady: false },
            IsHeld = parts.Holding?.Why() is not null,
            IsStorageFull = runner.IsFull,
            Found = found?.Results.Any(result => result.IsNews) == true ? [AttentionReason.SelfCheck] : [],
        };
    }

    /// <summary>How it stands with each part.</summary>
    public IReadOnlyList<BoardPartState> ReadState()
    {
        LightState? light = _keeper?.State;
        return
        [
            .. _parts.Select(part => part is { Part: BoardFinder.Light, Condition: BoardCondition.Found } && light is not null
                ? Tell(part) with { Shows = KebabName.Of(light.Pattern), Needs = light.Reasons.Count == 0 ? null : [.. light.Reasons.Select(reason => KebabName.Of(reason))] }
                : Tell(part)),
        ];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _keeper?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static BoardPartState Tell(BoardPart part) => new(part.Part, KebabName.Of(part.Condition), part.Place);
}
