using HomeHub.Core.Peripherals;

namespace HomeHub.Core.SelfCheck;

/// <summary>Whether the Bluetooth adapter can be used: what the radio says of itself, and whether it answers. A service that hangs keeps its name on the bus, and the radio says that it is ready.</summary>
/// <param name="radio">The radio; null where the hub runs without.</param>
/// <param name="time">The clock.</param>
public sealed class AdapterProbe(ICentral? radio, TimeProvider time) : ISelfCheckProbe
{
    /// <summary>Longest time for an answer; longer than a radio gives a single call, so that its own word comes first.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Adapter;

    /// <inheritdoc/>
    public async Task<CheckFinding> RunAsync(CancellationToken cancellation)
    {
        if (radio is not { State.IsReady: true })
        {
            return Of(radio?.State.Condition);
        }

        using var limit = new CancellationTokenSource(Limit, time);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            await radio.ProbeAsync(bounded.Token).ConfigureAwait(false);
            return Of(radio.State.Condition);
        }
        catch (PeripheralException error)
        {
            // It may go while it is asked, and say so a moment later: then it is looked for, and its word of that has it looked at again.
            return Of(!radio.State.IsReady ? radio.State.Condition : error.Fault == PeripheralFault.NoRadio ? CentralCondition.Starting : CentralCondition.NotAnswering);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Of(radio.State.IsReady ? CentralCondition.NotAnswering : radio.State.Condition);
        }
    }

    /// <summary>What a condition of the radio means.</summary>
    /// <param name="condition">The condition; null where the hub runs without.</param>
    public static CheckFinding Of(CentralCondition? condition) => condition switch
    {
        null => new(CheckKind.Adapter, CheckOutcome.Off),
        CentralCondition.Ready => new(CheckKind.Adapter, CheckOutcome.Good),
        CentralCondition.Starting => new(CheckKind.Adapter, CheckOutcome.Unknown, CheckReason.AdapterStarting),
        CentralCondition.NoBus => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoBus),
        CentralCondition.NoService => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoService),
        CentralCondition.NotAnswering => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNotAnswering),
        CentralCondition.NoAdapter => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterMissing),
        CentralCondition.PoweredOff => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterPoweredOff),
        CentralCondition.NoPermission => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoPermission),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };

    /// <summary>How the radio is told to be: as it says of itself, unless it says that it is ready and was found not to answer.</summary>
    /// <param name="said">What it says; null where the hub runs without.</param>
    /// <param name="found">What the hub found of itself; null before it has looked.</param>
    public static CentralState? Judge(CentralState? said, SelfCheckReport? found) =>
        said is { IsReady: true } && found?.Of(CheckKind.Adapter)?.Finding.Reason == CheckReason.AdapterNotAnswering
            ? said with { Condition = CentralCondition.NotAnswering, Message = "The Bluetooth service does not answer." }
            : said;
}
