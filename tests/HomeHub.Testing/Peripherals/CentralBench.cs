using System.Threading.Channels;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Devices;

namespace HomeHub.Testing.Peripherals;

/// <summary>A central and a simulated device in its reach that advertises: what a contract test needs to play both sides.</summary>
public abstract class CentralBench : IAsyncDisposable
{
    private readonly Channel<uint> _shown = Channel.CreateUnbounded<uint>();

    /// <summary>The central under test, ready.</summary>
    public abstract ICentral Central { get; }

    /// <summary>The device's address as it advertises it.</summary>
    public abstract string Address { get; }

    /// <summary>Kind of <see cref="Address"/>.</summary>
    public abstract AddressType AddressType { get; }

    /// <summary>The device.</summary>
    public abstract DeviceModel Device { get; }

    /// <summary>The next number that the device shows while it is paired.</summary>
    public ValueTask<uint> NextPasskeyAsync(CancellationToken cancellation) => _shown.Reader.ReadAsync(cancellation);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();

    /// <summary>To be called by a bench when the device shows a number.</summary>
    protected void Show(uint passkey) => _shown.Writer.TryWrite(passkey);
}
