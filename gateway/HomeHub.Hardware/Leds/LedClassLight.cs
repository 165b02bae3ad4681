using System.Globalization;
using HomeHub.Core.Board;

namespace HomeHub.Hardware.Leds;

/// <summary>
/// A light of the kernel's LED class. It is switched by <c>brightness</c> alone, in which writing 0 also takes a trigger away (Documentation/ABI/testing/sysfs-class-led): the files of a trigger are made
/// anew for root whenever it is chosen, so that a service with a user of its own could not write them.
/// </summary>
internal static class LedClassLight
{
    private const string Brightness = "brightness";

    /// <summary>Takes the light; it is dark, and nothing else blinks it any more.</summary>
    /// <param name="files">Its files.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="PlaceException">It is not there, or this user may not.</exception>
    public static SwitchedLight Open(ILedFiles files, BoardPlace place, TimeProvider time)
    {
        int brightest = int.TryParse(files.Read("max_brightness"), NumberStyles.None, CultureInfo.InvariantCulture, out int read) && read > 0
            ? read
            : throw new PlaceException(BoardCondition.NotFound, $"there is no light {place.Name} in /sys/class/leds");
        string on = brightest.ToString(CultureInfo.InvariantCulture);
        return files.Write(Brightness, "0")
            ? new SwitchedLight(place, time, isOn => files.Write(Brightness, isOn ? on : "0"))
            : throw new PlaceException(
                BoardCondition.NotPermitted,
                $"the light {place.Name} can't be set: this user may not write /sys/class/leds/{place.Name}/brightness. Where the hub is a service, install.sh called again lets it set the light that is configured");
    }
}
