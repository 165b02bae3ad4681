using HomeHub.Profiles;

namespace HomeHub.Core.Tests.Sessions;

/// <summary>A record in a device's memory.</summary>
internal sealed record DeviceRecord(ushort Number, byte[] Octets, byte[]? Context, PhdTimestamp Time);
