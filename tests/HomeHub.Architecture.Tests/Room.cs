namespace HomeHub.Architecture.Tests;

/// <summary>A project of the house and what it may refer to.</summary>
/// <param name="Name">Name of the project.</param>
/// <param name="Folder">Top-level folder that it stands in.</param>
/// <param name="Projects">Projects that it may refer to.</param>
/// <param name="Packages">Packages that it may refer to, with what comes along with them.</param>
/// <param name="Web">True when it may use ASP.NET Core itself, not only what ships beside it (logging, options).</param>
internal sealed record Room(string Name, string Folder, string[] Projects, string[] Packages, bool Web = false);
