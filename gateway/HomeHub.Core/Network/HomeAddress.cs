using System.Net;

namespace HomeHub.Core.Network;

/// <summary>An address under which the pages can be reached, and where it is told.</summary>
/// <param name="Interface">Number of the interface that has it.</param>
/// <param name="Address">The address.</param>
public sealed record HomeAddress(int Interface, IPAddress Address);
