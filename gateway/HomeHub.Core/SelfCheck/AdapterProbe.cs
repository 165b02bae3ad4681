using HomeHub.Core.Peripherals;

namespace HomeHub.Core.SelfCheck;

/// <summary>Whether the Bluetooth adapter can be used.</summary>
/// <param name="radio">The radio; null where the hub runs without.</param>
public sealed class AdapterProbe(ICentral? radio) : ISelfCheckProbe
{
    /// <inheritdoc/>
    public CheckKind Kind => CheckKind.Adapter;

    /// <inheritdoc/>
    public Task<CheckFinding> RunAsync(CancellationToken cancellation) => Task.FromResult(Of(radio?.State.Condition));

    /// <summary>What a condition of the radio means.</summary>
    /// <param name="condition">The condition; null where the hub runs without.</param>
    public static CheckFinding Of(CentralCondition? condition) => condition switch
    {
        null => new(CheckKind.Adapter, CheckOutcome.Off),
        CentralCondition.Ready => new(CheckKind.Adapter, CheckOutcome.Good),
        CentralCondition.Starting => new(CheckKind.Adapter, CheckOutcome.Unknown, CheckReason.AdapterStarting),
        CentralCondition.NoBus => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoBus),
        CentralCondition.NoService => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoService),
        CentralCondition.NoAdapter => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterMissing),
        CentralCondition.PoweredOff => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterPoweredOff),
        CentralCondition.NoPermission => new(CheckKind.Adapter, CheckOutcome.Bad, CheckReason.AdapterNoPermission),
        _ => throw new ArgumentOutOfRangeException(nameof(condition)),
    };
}
