namespace HomeHub.BlueZ;

/// <summary>A link that was just made.</summary>
/// <param name="Radio">The radio that it is on.</param>
/// <param name="Path">The peripheral's object.</param>
/// <param name="Waited">Until the attempt began, from the call.</param>
/// <param name="Connected">Until the link was there, from the call.</param>
internal sealed record Link(Radio Radio, string Path, TimeSpan Waited, TimeSpan Connected);
