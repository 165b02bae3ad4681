using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands.Catalogue;
using HomeHub.Profiles.Catalogue;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>What a person who sets a device up is told of its model, on standard error.</summary>
internal static class PairingGuide
{
    /// <summary>The pairing steps, where the model is known, or all models that it may be are paired alike; else where to find them.</summary>
    public static async Task TellAsync(CommandIo io, CatalogueMatch? match, string language)
    {
        if (match is null)
        {
            return;
        }

        CatalogueEntry first = match.Candidates[0];
        if (!match.Candidates.All(candidate => candidate.Pairing[language].SequenceEqual(first.Pairing[language])))
        {
            await io.Error.WriteLineAsync("It is one of these models; --model ID tells which, and its steps are shown:").ConfigureAwait(false);
            foreach (CatalogueEntry candidate in match.Candidates)
            {
                await io.Error.WriteLineAsync($"  {candidate.Id}: {candidate.DisplayName}").ConfigureAwait(false);
            }

            return;
        }

        await io.Error.WriteLineAsync(match.DisplayName).ConfigureAwait(false);
        foreach (string step in CatalogueText.Steps(first, language))
        {
            await io.Error.WriteLineAsync(step).ConfigureAwait(false);
        }
    }

    /// <summary>Says when a device works although nobody has described its model.</summary>
    public static async Task TellUnverifiedAsync(CommandIo io, CatalogueMatch? match, Advertisement heard)
    {
        if (match is null && ModelFinder.SpeaksStandardProfile(heard))
        {
            await io.Error.WriteLineAsync("Its model is not in the catalogue: it is used by its standard profile, unverified.").ConfigureAwait(false);
        }
    }
}
