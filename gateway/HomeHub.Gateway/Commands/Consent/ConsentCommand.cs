using System.CommandLine;

namespace HomeHub.Gateway.Commands.Consent;

/// <summary><c>homehub consent</c>: what people let whom have of their data.</summary>
internal static class ConsentCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "consent",
        "What each person lets each recipient have, by kind of data. Without consent nothing of a real device leaves the hub. Works beside a running hub.",
        "homehub consent list --data ./data",
        "homehub consent give --patient Patient/p1 --kind blood-pressure --recipient care-team --present \"nurse 7\" --data ./data",
        "homehub consent withdraw --patient Patient/p1 --kind blood-pressure --recipient care-team --present \"nurse 7\" --data ./data")
    {
        ListConsentCommand.Create(io),
        DecideConsentCommand.CreateGive(io),
        DecideConsentCommand.CreateRefuse(io),
        DecideConsentCommand.CreateWithdraw(io),
    };
}
