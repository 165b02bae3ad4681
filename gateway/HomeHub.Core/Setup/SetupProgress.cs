using HomeHub.Core.Peripherals;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Core.Setup;

/// <summary>A step of setting a device up, as it is told to whoever looks on.</summary>
/// <param name="Step">How far it is.</param>
/// <param name="Address">The device's address as it is known now.</param>
/// <param name="Match">Its model, as far as it is known now; null: none of the catalogue.</param>
/// <param name="Heard">What it advertised; null before it was heard.</param>
public sealed record SetupProgress(SetupStep Step, string Address, CatalogueMatch? Match, Advertisement? Heard);
