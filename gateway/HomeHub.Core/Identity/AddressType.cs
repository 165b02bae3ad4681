namespace HomeHub.Core.Identity;

/// <summary>What kind of Bluetooth device address it is (Core Specification Vol 6 Part B 1.3).</summary>
public enum AddressType : byte
{
    /// <summary>Public device address (IEEE EUI-48).</summary>
    Public,

    /// <summary>Random: static when its two top bits are 1, else private, which changes and identifies nobody.</summary>
    Random,
}
