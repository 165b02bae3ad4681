using HomeHub.Profiles;

namespace HomeHub.Testing.BlueZ;

/// <summary>A characteristic of a device behind the stand-in.</summary>
/// <param name="Service">UUID of its service.</param>
/// <param name="Uuid">Its UUID.</param>
/// <param name="Handle">Its handle.</param>
/// <param name="Flags">Its properties in BlueZ's words.</param>
public sealed record StandInCharacteristic(BluetoothUuid Service, BluetoothUuid Uuid, ushort Handle, params string[] Flags)
{
    /// <summary>What a read gives.</summary>
    public byte[] Value { get; set; } = [];

    /// <summary>What was written, in order.</summary>
    public List<byte[]> Written { get; } = [];

    /// <summary>What it does when it was written, before the write is answered.</summary>
    public Func<byte[], Task>? OnWritten { get; set; }

    /// <summary>Whether the hub has subscribed.</summary>
    public bool IsNotifying { get; set; }

    /// <summary>What is notified before StartNotify is answered.</summary>
    public byte[][] AtSubscription { get; set; } = [];

    /// <summary>What a read gives, where the device thinks about it; null: <see cref="Value"/>.</summary>
    public Func<Task<byte[]>>? OnRead { get; init; }

    /// <summary>What the device does when its configuration is written.</summary>
    public Func<bool, Task>? OnNotify { get; init; }
}
