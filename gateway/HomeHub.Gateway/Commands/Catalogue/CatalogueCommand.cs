using System.CommandLine;

namespace HomeHub.Gateway.Commands.Catalogue;

/// <summary><c>homehub catalogue</c>: the device models that the hub knows.</summary>
internal static class CatalogueCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "catalogue",
        "The device models that the hub knows: how they are recognised, what is odd about them, and how they are paired.",
        "homehub catalogue list --kind blood-pressure",
        "homehub catalogue show roche-accu-chek-guide --language eu",
        "homehub catalogue check my-model.json")
    {
        ListCatalogueCommand.Create(io),
        ShowCatalogueCommand.Create(io),
        CheckCatalogueCommand.Create(io),
    };
}
