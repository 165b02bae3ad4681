namespace HomeHub.BlueZ;

/// <summary>Which adapter is used, and how long things may take.</summary>
public sealed record BlueZOptions
{
    /// <summary>Adapter by name, <c>hci0</c>, or by address, <c>00:11:22:33:44:55</c>; null: the first there is.</summary>
    public string? Adapter { get; init; }

    /// <summary>Address of the message bus; null: the system's.</summary>
    public string? BusAddress { get; init; }

    /// <summary>
    /// Whether uninvited pairings come to this process, which rejects them. A command that runs beside the hub sets false and leaves that to the hub.
    /// </summary>
    public bool IsDefaultAgent { get; init; } = true;

    /// <summary>Where BlueZ keeps its bonds; read only for the kind of a new bond, where the kernel may not be asked.</summary>
    public string BondFolder { get; init; } = "/var/lib/bluetooth";

    /// <summary>Longest time for a call that BlueZ answers by itself.</summary>
    public TimeSpan CallLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Longest time for a link to come about with a peripheral that was just heard; others wait meanwhile, and nobody here scans. Where another process scans,
    /// Linux connects only after its scan's turn, which takes 10.24 s (net/bluetooth, DISCOV_LE_TIMEOUT).
    /// </summary>
    public TimeSpan LinkLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time for a read, write or subscription; an ATT transaction ends after 30 s (Core Specification Vol 3 Part F 3.3.3).</summary>
    public TimeSpan GattLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time for each step of letting go of a peripheral.</summary>
    public TimeSpan LetGoLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First wait before bus, adapter or scan is tried again; doubled each time.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Longest wait before bus, adapter or scan is tried again.</summary>
    public TimeSpan RetryLongest { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long BlueZ has to answer a pairing once the bond is there and the services are found.</summary>
    public TimeSpan PairAnswerLimit { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the kernel's word on why a link went is waited for.</summary>
    public TimeSpan KernelWordLimit { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Most advertisements that wait for a slow reader; the oldest go first.</summary>
    public const int MaxWaitingAdvertisements = 256;

    /// <summary>Links of a bonded peripheral lost in a row before it answered anything that put its bond in doubt, where the kernel does not tell.</summary>
    public const int EarlyDropsForDoubt = 2;
}
