using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Core.ManualEntries;

/// <summary>
/// The device that entered readings name: none that measures, but the hub's own way of entering them. Its address is none that a device can have and
/// identifies nothing, so that in FHIR it is a Device of this hub under a UUID. That a reading was entered is said by its context, not by this:
/// <see cref="SessionContext.IsEnteredByHand"/>.
/// </summary>
public static class ManualEntryDevice
{
    /// <summary>Address that stands for it: all zeros, which no device has.</summary>
    public const string Address = "00:00:00:00:00:00";

    /// <summary>The device.</summary>
    public static readonly DeviceDescriptor Descriptor = new()
    {
        Address = Address,
        AddressType = AddressType.Random,
        Information = new DeviceInformation { Manufacturer = "HomeHub", Model = "Manual entry" },
    };
}
