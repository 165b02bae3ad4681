using System.CommandLine;
using HomeHub.Core.Household;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub pages</c>: what is done about the pages at the machine itself.</summary>
internal static class PagesCommand
{
    public static Command Create(CommandIo io) => new ExampledCommand(
        "pages",
        "The pages for nurse and patient: what has to be done at the machine itself. Works beside a running hub.",
        "homehub pages reset-pin --data ./data")
    {
        CreateReset(io),
    };

    private static ExampledCommand CreateReset(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var command = new ExampledCommand(
            "reset-pin",
            "Takes the nurse's PIN away and gives a new claim code, with which a nurse makes the hub hers again. Signs the nurse out everywhere.",
            "homehub pages reset-pin --data ./data")
        {
            data, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            IHousehold household = await Adapters.OpenHouseholdAsync(folder, cancellation).ConfigureAwait(false);
            await using (household.ConfigureAwait(false))
            {
                string code = ClaimCode.Create();
                await household.ResetNurseAsync(code, cancellation).ConfigureAwait(false);
                using StreamWriter text = io.OpenText();
                await text.WriteLineAsync(code).ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
