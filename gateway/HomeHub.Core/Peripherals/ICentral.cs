using HomeHub.Core.Identity;

namespace HomeHub.Core.Peripherals;

/// <summary>
/// Port: the hub in the GAP Central role on one adapter. It keeps its adapter by itself: when adapter, Bluetooth service or bus go away
/// it says so by <see cref="State"/> and is ready again within ten seconds of their return. Safe for use from several threads.
/// </summary>
/// <exception cref="PeripheralException">Thrown by members where the radio, the peripheral or a person does not do its part; says which.</exception>
public interface ICentral : IAsyncDisposable
{
    /// <summary>Whether the radio can be used now.</summary>
    CentralState State { get; }

    /// <summary>Raised after <see cref="State"/> changed; handlers return at once.</summary>
    event Action<CentralState>? StateChanged;

    /// <summary>Completes when the radio is ready; at once when it is.</summary>
    Task WaitReadyAsync(CancellationToken cancellation);

    /// <summary>Completes when everything that the radio is reached by has answered: a radio that is ready and does not answer makes this wait.</summary>
    /// <exception cref="PeripheralException">The radio is not ready; the message says why.</exception>
    Task ProbeAsync(CancellationToken cancellation);

    /// <summary>
    /// Low Energy advertisements as they are heard, repetitions included, until cancelled. The radio scans while at least one reader reads;
    /// scanning pauses while a connection is made and while the radio is not ready, and the readers stay. A slow reader misses the oldest.
    /// </summary>
    /// <param name="filter">What to listen for; the reader gets no others.</param>
    /// <param name="cancellation">Ends the listening.</param>
    IAsyncEnumerable<Advertisement> ScanAsync(ScanFilter filter, CancellationToken cancellation);

    /// <summary>
    /// Connects and finds the services; encrypts at once where a bond exists. One connection a peripheral: a second one is
    /// <see cref="PeripheralFault.InProgress"/>. Attempts wait for each other, as one controller makes one connection at a time.
    /// </summary>
    /// <param name="address">Address that was advertised.</param>
    /// <param name="addressType">Kind of <paramref name="address"/>.</param>
    /// <param name="limit">Longest time it may take.</param>
    /// <param name="cancellation">Gives up; nothing stays connected.</param>
    Task<IPeripheral> ConnectAsync(string address, AddressType addressType, TimeSpan limit, CancellationToken cancellation);

    /// <summary>
    /// Pairs and bonds with a peripheral that a person asked for, connecting if need be, and marks it trusted. A bond that exists is replaced.
    /// Bonds with no other: whoever tries to pair uninvited is rejected.
    /// </summary>
    /// <exception cref="PeripheralException">
    /// <see cref="PeripheralFault.PairingRejected"/>, <see cref="PeripheralFault.LegacyPairing"/> and the faults of connecting. No bond stays.
    /// </exception>
    Task<NewBond> PairAsync(PairingRequest request, CancellationToken cancellation);

    /// <summary>Removes the bond, the trust and what is remembered of the services. Idempotent.</summary>
    Task ForgetAsync(string address, CancellationToken cancellation);

    /// <summary>Peripherals that this adapter holds a bond with.</summary>
    Task<IReadOnlyList<BondedPeripheral>> ListBondedAsync(CancellationToken cancellation);
}
