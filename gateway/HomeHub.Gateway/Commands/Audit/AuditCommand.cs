using System.CommandLine;

namespace HomeHub.Gateway.Commands.Audit;

/// <summary><c>homehub audit</c>: what persons did at this hub.</summary>
internal static class AuditCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "audit",
        "What persons did at this hub: with readings, devices and consent. Each entry is chained to the one before, so that none can be changed without trace.",
        "homehub audit list --data ./data",
        "homehub audit verify --data ./data")
    {
        ListAuditCommand.Create(io),
        VerifyAuditCommand.Create(io),
    };
}
