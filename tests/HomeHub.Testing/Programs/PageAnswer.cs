using System.Net;

namespace HomeHub.Testing.Programs;

/// <summary>What a hub's pages answered.</summary>
/// <param name="Status">Status, of the last page that was led to.</param>
/// <param name="Path">Path of that page.</param>
/// <param name="Page">Its HTML.</param>
/// <param name="Taken">From asking until the last octet was here.</param>
public sealed record PageAnswer(HttpStatusCode Status, string Path, string Page, TimeSpan Taken);
