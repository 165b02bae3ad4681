using System.CommandLine;
using System.Text.Json;
using HomeHub.Core.Consent;
using HomeHub.Core.Naming;
using HomeHub.Gateway.Commands.Readings;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Consent;

/// <summary><c>homehub consent list</c>: what holds, or everything that was ever decided.</summary>
internal static class ListConsentCommand
{
    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var history = new Option<bool>("--history") { Description = "Everything that was ever decided, oldest first, and not only what holds." };
        var asJson = new Option<bool>("--json") { Description = "For scripts: one JSON object a line." };
        var command = new ExampledCommand(
            "list",
            "Lists what people decided: who may have what, since when, and who was present.",
            "homehub consent list --data ./data",
            "homehub consent list --history --json --data ./data")
        {
            data, history, asJson, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), HubOptions.Read(parsed.GetValue(config)));
            return RunAsync(io, folder, parsed.GetValue(history), parsed.GetValue(asJson), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, bool history, bool asJson, CancellationToken cancellation)
    {
        IConsentBook book = await Adapters.OpenConsentsAsync(folder, cancellation).ConfigureAwait(false);
        await using (book.ConfigureAwait(false))
        {
            ConsentDecision[] decisions = history
                ? [.. await book.ReadHistoryAsync(cancellation).ConfigureAwait(false)]
                :
                [
                    .. book.State.Decisions.OrderBy(decision => decision.Patient.Key, StringComparer.Ordinal)
                        .ThenBy(decision => decision.Recipient.Slug, StringComparer.Ordinal).ThenBy(decision => decision.Kind),
                ];
            using StreamWriter text = io.OpenText();
            foreach (ConsentDecision decision in decisions)
            {
                if (asJson)
                {
                    ReadingJson.Write(io.Out, json => Write(json, decision));
                }
                else
                {
                    string since = decision.From is { } from ? $", what was measured since {ReadingJson.Instant(from)}" : "";
                    await text.WriteLineAsync(
                        $"{decision.Patient.Key}  {decision.Recipient.Slug}  {decision.Kind.ToName()}: {NameOf(decision.Answer)} {ReadingJson.Instant(decision.At)}{since}, present: {decision.Present}")
                        .ConfigureAwait(false);
                }
            }

            if (decisions.Length == 0 && !asJson)
            {
                await text.WriteLineAsync("Nobody has decided anything yet, so nothing of a real device leaves the hub: homehub consent give.").ConfigureAwait(false);
            }
        }

        return ExitCodes.Done;
    }

    private static void Write(Utf8JsonWriter json, ConsentDecision decision)
    {
        json.WriteString("patient", decision.Patient.Key);
        json.WriteString("recipient", decision.Recipient.Slug);
        json.WriteString("kind", decision.Kind.ToName());
        json.WriteString("answer", NameOf(decision.Answer));
        json.WriteString("at", ReadingJson.Instant(decision.At));
        json.WriteString("from", decision.From is { } from ? ReadingJson.Instant(from) : null);
        json.WriteString("present", decision.Present);
    }

    private static string NameOf(ConsentAnswer answer) => KebabName.Of(answer);
}
