using System.Security.Cryptography;
using System.Text;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.Climate;

/// <summary>
/// The device that the room's readings name. It has no address: one that no Bluetooth device can have stands for it, made of the sensor's kind, so that another kind is another device. In FHIR it is
/// a Device of this hub under a UUID.
/// </summary>
public static class RoomDevice
{
    /// <summary>What such addresses begin with.</summary>
    public const string AddressHead = "00:00:00:";

    /// <summary>The device of a kind of sensor.</summary>
    /// <param name="sensor">Name of the kind, as the kernel has it.</param>
    public static DeviceDescriptor Of(string sensor)
    {
        byte[] tail = SHA256.HashData(Encoding.UTF8.GetBytes(sensor));
        return new DeviceDescriptor
        {
            // Not all zeros, which stands for what is entered by hand.
            Address = $"{AddressHead}{tail[0] | 1:X2}:{tail[1]:X2}:{tail[2]:X2}",
            AddressType = AddressType.Random,
            Information = new DeviceInformation { Model = sensor },
        };
    }
}
