using HomeHub.Core.Climate;
using HomeHub.Profiles.RoomClimate;

namespace HomeHub.Hardware.Climate;

/// <summary>
/// The room's sensor as the kernel's industrial-I/O devices tell it (Documentation/ABI/testing/sysfs-bus-iio, Linux 6.12). By itself only a device counts that has temperature and relative humidity
/// both: a temperature alone may be that of a processor or a converter. Another is read only when it is named.
/// </summary>
/// <param name="folder">Where the kernel tells of the devices: <see cref="KernelFolder"/>.</param>
/// <param name="wanted">Name of the device (<c>iio:device0</c>), of its kind, or its label; null: the only one that has both.</param>
/// <param name="time">The clock.</param>
public sealed class IioRoomSensor(string folder, string? wanted, TimeProvider time) : IRoomSensor
{
    /// <summary>Where the kernel tells of them.</summary>
    public const string KernelFolder = "/sys/bus/iio/devices";

    /// <summary>Longest time for an answer: the slowest known sensor takes 2 s.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Most devices that are looked at.</summary>
    public const int MaxDevices = 32;

    private static readonly Channel Temperature = new(
        "in_temp", RoomAttribute.TemperatureInput, RoomAttribute.TemperatureRaw, RoomAttribute.TemperatureOffset, RoomAttribute.TemperatureScale);

    private static readonly Channel Humidity = new(
        "in_humidityrelative", RoomAttribute.HumidityInput, RoomAttribute.HumidityRaw, RoomAttribute.HumidityOffset, RoomAttribute.HumidityScale);

    private Task<RoomReadout>? _asked;

    /// <inheritdoc/>
    public async Task<RoomReadout> ReadAsync(CancellationToken cancellation)
    {
        if (_asked is { IsCompleted: false })
        {
            // A driver that hangs holds a thread of its own; it does not get another.
            return RoomReadout.Without(RoomCondition.Failed);
        }

        _asked = Task.Run(Read, CancellationToken.None);
        try
        {
            return await _asked.WaitAsync(AnswerLimit, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return RoomReadout.Without(RoomCondition.Failed);
        }
    }

    private RoomReadout Read()
    {
        try
        {
            string[] devices = Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder, "iio:device*").Order(StringComparer.Ordinal).Take(MaxDevices)] : [];
            string[] found = [.. devices.Where(wanted is null ? HasBoth : IsWanted)];
            return found switch
            {
                [] => RoomReadout.Without(wanted is null ? RoomCondition.None : RoomCondition.NotThere),
                [var device] => Ask(device),
                _ => RoomReadout.Without(RoomCondition.Several),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A device that goes while it is looked for.
            return RoomReadout.Without(RoomCondition.Failed);
        }
    }

    private static RoomReadout Ask(string device)
    {
        string kind = ReadName(device, "name") ?? Path.GetFileName(device);
        List<(RoomAttribute Attribute, string Text)> numbers = [];
        try
        {
            Temperature.Read(device, numbers);
            Humidity.Read(device, numbers);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // EIO, EREMOTEIO, ETIMEDOUT: the bus or the sensor did not answer. Half of it is not told.
            return RoomReadout.Without(RoomCondition.Failed, kind);
        }

        return new RoomReadout(RoomCondition.Ready, kind, numbers);
    }

    private static bool HasBoth(string device) => Temperature.IsIn(device) && Humidity.IsIn(device);

    private bool IsWanted(string device) =>
        (Path.GetFileName(device) == wanted || ReadName(device, "name") == wanted || ReadName(device, "label") == wanted) && (Temperature.IsIn(device) || Humidity.IsIn(device));

    /// <summary>A name that the kernel tells; null where it tells none.</summary>
    private static string? ReadName(string device, string file)
    {
        string path = Path.Combine(device, file);
        try
        {
            return File.Exists(path) && SysfsFile.Read(path) is { Length: > 0 } name && !name.Any(char.IsControl) ? name : null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A channel: the beginning of its files' names, and what they are.</summary>
    private sealed record Channel(string Head, RoomAttribute Input, RoomAttribute Raw, RoomAttribute Offset, RoomAttribute Scale)
    {
        public bool IsIn(string device) => File.Exists(PathOf(device, "_input")) || (File.Exists(PathOf(device, "_raw")) && File.Exists(PathOf(device, "_scale")));

        public void Read(string device, List<(RoomAttribute Attribute, string Text)> numbers)
        {
            if (!IsIn(device))
            {
                return;
            }

            if (File.Exists(PathOf(device, "_input")))
            {
                numbers.Add((Input, SysfsFile.Read(PathOf(device, "_input"))));
                return;
            }

            numbers.Add((Raw, SysfsFile.Read(PathOf(device, "_raw"))));
            if (File.Exists(PathOf(device, "_offset")))
            {
                numbers.Add((Offset, SysfsFile.Read(PathOf(device, "_offset"))));
            }

            numbers.Add((Scale, SysfsFile.Read(PathOf(device, "_scale"))));
        }

        private string PathOf(string device, string tail) => Path.Combine(device, Head + tail);
    }
}
