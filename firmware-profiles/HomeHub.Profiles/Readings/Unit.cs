namespace HomeHub.Profiles;

/// <summary>A unit of measure.</summary>
/// <param name="Ucum">UCUM code, case sensitive.</param>
/// <param name="Text">How a person reads it.</param>
public sealed record Unit(string Ucum, string Text);
