using System.Net;

namespace HomeHub.Testing.Programs;

/// <summary>What a hub's pages answered.</summary>
/// <param name="Status">Status.</param>
/// <param name="LeadsTo">Where it leads on to; null where it doesn't.</param>
/// <param name="Page">Its text, decoded.</param>
/// <param name="Taken">From asking until the last octet was here.</param>
public sealed record PageAnswer(HttpStatusCode Status, string? LeadsTo, string Page, TimeSpan Taken);
