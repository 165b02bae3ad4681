using HomeHub.Core.Acquisition;
using HomeHub.Core.Acts;
using HomeHub.Core.Buffering;
using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;

namespace HomeHub.Core.Setup;

/// <summary>
/// What was measured to try a device: test data, which is thrown away unless somebody says in time whose it is. What a device that is nobody's tells later is none of it: that may be a
/// patient's, and waits for somebody's word for as long as it takes. Safe for several threads.
/// </summary>
/// <param name="buffer">The readings.</param>
/// <param name="devices">The devices.</param>
/// <param name="desk">Where they are discarded and that is noted.</param>
public sealed class TestReadings(IReadingBuffer buffer, IDeviceRegistry devices, ReadingDesk desk)
{
    /// <summary>How long after a device was set up what it measures is a test.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>How long somebody can decide about a test, from when it came.</summary>
    public static readonly TimeSpan DecideTime = TimeSpan.FromHours(24);

    /// <summary>Why a test is discarded about which nobody decided, as acts and audit log say it.</summary>
    public const string Reason = "test-undecided";

    /// <summary>Who discards it once its time is over, as acts and audit log say it.</summary>
    public const string HubWho = "the hub";

    /// <summary>Whether a reading was measured since its device was set up, as far as it tells when. Stamps have whole seconds.</summary>
    public static bool IsSinceSetUp(UnassignedReading reading, RegisteredDevice device)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(device);
        EffectiveTime effective = reading.Reading.Record.Effective;
        return effective.Use != StampUse.NotUsable && effective.Instant >= device.PairedAt.AddTicks(-(device.PairedAt.UtcTicks % TimeSpan.TicksPerSecond));
    }

    /// <summary>Whether a reading is test data.</summary>
    public static bool IsTest(UnassignedReading reading, RegisteredDevice device) =>
        IsSinceSetUp(reading, device) && reading.Reason == UnassignedReason.DeviceOfNobody.ToWire() && reading.Reading.Record.Effective.Instant < device.PairedAt + Window;

    /// <summary>How many tests wait for somebody's word; what belongs to a measurement counts with it.</summary>
    public async Task<int> CountAsync(CancellationToken cancellation) => (await FindAsync(null, cancellation).ConfigureAwait(false)).Count(record => record.Record.Measurement is null);

    /// <summary>Discards tests about which nobody has decided, each as a recorded act.</summary>
    /// <param name="at">Now.</param>
    /// <param name="cameBefore">Only those that came before; null: all.</param>
    /// <param name="who">Who says so.</param>
    /// <param name="cancellation">Ends it between two.</param>
    /// <returns>How many.</returns>
    /// <exception cref="BufferException">Buffer, registry or log failed.</exception>
    public async Task<int> DiscardAsync(DateTimeOffset at, DateTimeOffset? cameBefore, string who, CancellationToken cancellation) =>
        await DiscardAsync(await FindAsync(cameBefore, cancellation).ConfigureAwait(false), at, who, cancellation).ConfigureAwait(false);

    /// <summary>The same for one device, before it is forgotten: nobody would know any more that they were tests.</summary>
    public async Task<int> DiscardOfAsync(RegisteredDevice device, DateTimeOffset at, string who, CancellationToken cancellation) =>
        await DiscardAsync(await FindAsync(device, null, cancellation).ConfigureAwait(false), at, who, cancellation).ConfigureAwait(false);

    private async Task<int> DiscardAsync(IReadOnlyList<BufferedReading> readings, DateTimeOffset at, string who, CancellationToken cancellation)
    {
        int discarded = 0;
        foreach (BufferedReading reading in readings)
        {
            // A context goes with its measurement; what was decided meanwhile stays as it was decided.
            var act = new ReadingAct(Guid.NewGuid(), ActKind.Discard, reading.Id, at, who, Reason, null);
            discarded += await desk.DoAsync(act, cancellation).ConfigureAwait(false) == ActOutcome.Done ? 1 : 0;
        }

        return discarded;
    }

    private async Task<IReadOnlyList<BufferedReading>> FindAsync(DateTimeOffset? cameBefore, CancellationToken cancellation)
    {
        List<BufferedReading> found = [];
        foreach (RegisteredDevice device in await devices.ListAsync(cancellation).ConfigureAwait(false))
        {
            found.AddRange(await FindAsync(device, cameBefore, cancellation).ConfigureAwait(false));
        }

        return found;
    }

    private async Task<IReadOnlyList<BufferedReading>> FindAsync(RegisteredDevice device, DateTimeOffset? cameBefore, CancellationToken cancellation)
    {
        List<BufferedReading> found = [];
        await foreach (UnassignedReading reading in buffer.ReadUnassignedOfAsync(device.Address, cancellation).ConfigureAwait(false))
        {
            if (IsTest(reading, device) && (cameBefore is not { } limit || reading.Reading.Record.ReceivedAt <= limit))
            {
                found.Add(reading.Reading);
            }
        }

        return found;
    }
}
