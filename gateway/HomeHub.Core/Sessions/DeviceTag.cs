using System.Security.Cryptography;
using System.Text;

namespace HomeHub.Core.Sessions;

/// <summary>A short name for a device in logs, which hold no addresses: the first six hex digits of a SHA-256. <c>homehub devices list</c> shows it too.</summary>
public static class DeviceTag
{
    /// <summary>The tag of an address.</summary>
    public static string Of(string address) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address)).AsSpan(0, 3));
}
