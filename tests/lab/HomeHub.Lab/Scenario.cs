using HomeHub.Lab.Scenarios;

namespace HomeHub.Lab;

/// <summary>Something that happens in a home, played with real programs and the real Bluetooth stack.</summary>
/// <param name="Name">One word, by which it is asked for.</param>
/// <param name="Title">What happens, in words.</param>
/// <param name="Run">Plays it; throws where something is not as it should be.</param>
internal sealed record Scenario(string Name, string Title, Func<Laboratory, Task> Run)
{
    /// <summary>Simulated devices, beside the hub.</summary>
    public int Devices { get; init; } = 1;

    /// <summary>Whether it asks for the power to be cut: what it writes goes through all caches then.</summary>
    public bool CutsPower { get; init; }

    /// <summary>Whether systemd is the guest's init, with the services of Debian's packages; the scenario may restart the guest then, and is called again.</summary>
    public bool IsUnderSystemd { get; init; }

    /// <summary>Longest time that it may take.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(8);

    /// <summary>All of them, in the order in which they are run: what takes longest first, as several are played at a time.</summary>
    public static readonly Scenario[] All =
    [
        new("contract", "the contract suite of the Bluetooth port over real BlueZ", Contract.HoldsAsync) { Limit = TimeSpan.FromMinutes(15) },
        new("n", "installed, watched over, restarted, installed again, removed", Installation.FromCheckToPurgeAsync) { IsUnderSystemd = true, Limit = TimeSpan.FromMinutes(15) },
        new("a", "paired by Just Works, one blood pressure", Pairing.JustWorksAsync),
        new("b", "paired by passkey", Pairing.PasskeyAsync),
        new("c", "three devices at once", SeveralDevices.ThreeAtOnceAsync) { Devices = 3 },
        new("d", "500 stored records of a glucose meter, cut in the middle, completed at the next connection", StoredRecords.CutAndCompletedAsync),
        new("e", "a device forgets its bond and is paired again", LostBond.ForgottenByTheDeviceAsync),
        new("f", "bluetoothd restarted while a device tells", Restarts.BluetoothServiceAsync),
        new("g", "power cut while a device tells: bond, buffer and readings intact", PowerCut.WhileReceivingAsync) { CutsPower = true },
        new("h", "a clock three days slow, and a device without a clock", Clocks.SlowAndMissingAsync) { Devices = 2 },
        new("i", "an unknown device, and one that pairs uninvited, get nothing", Strangers.GetNothingAsync) { Devices = 3 },
        new("j", "all controllers gone and back", Restarts.ControllersAsync),
        new("k", "the hub's own network at the first visit, then the home's, in which it is found by its name, until the button has it forgotten", HomeNetwork.JoinedAndFoundAsync) { Devices = 0 },
        new("l", "light, buzzer and button on lines of a GPIO chip, and on the kernel's own LED and input classes", LightAndButton.TellAndAreHeardAsync) { Devices = 0 },
        new("m", "the room, by the kernel's own driver of a sensor whose chip is emulated", Room.MeasuredAsync) { Devices = 0 },
    ];
}
