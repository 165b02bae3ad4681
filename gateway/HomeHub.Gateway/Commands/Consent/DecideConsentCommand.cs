using System.CommandLine;
using HomeHub.Core.Audit;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Commands.Consent;

/// <summary><c>homehub consent give</c>, <c>refuse</c> and <c>withdraw</c>.</summary>
internal static class DecideConsentCommand
{
    private const string AllKinds = "all";

    public static Command CreateGive(CommandIo io) => Create(
        io,
        ConsentAnswer.Given,
        "give",
        "Lets a recipient have readings of a kind that were measured from now on, or since the day that the person chooses (--from).",
        "homehub consent give --patient Patient/p1 --kind blood-pressure --kind weight --recipient care-team --present \"nurse 7\" --data ./data",
        "homehub consent give --patient Patient/p1 --kind all --recipient care-team --from 2026-11-01 --present \"nurse 7\" --data ./data");

    public static Command CreateRefuse(CommandIo io) => Create(
        io,
        ConsentAnswer.Refused,
        "refuse",
        "Records that a recipient does not get a kind of data, which it never had. The recipient is not told.",
        "homehub consent refuse --patient Patient/p1 --kind glucose --recipient family --present \"nurse 7\" --data ./data");

    public static Command CreateWithdraw(CommandIo io) => Create(
        io,
        ConsentAnswer.Withdrawn,
        "withdraw",
        "Ends a consent at once: what is not yet sent stays here, and the recipient is told that it may have that kind no more.",
        "homehub consent withdraw --patient Patient/p1 --kind blood-pressure --recipient care-team --present \"nurse 7\" --data ./data");

    private static ExampledCommand Create(CommandIo io, ConsentAnswer answer, string name, string description, params string[] examples)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Whose data: Patient/id, or system|value.", HelpName = "PATIENT" };
        var kind = new Option<string[]>("--kind")
        {
            Description = $"Kind of data, may be said several times: {string.Join(", ", DataKindNames.All.Select(one => one.ToName()))}, or {AllKinds}: what devices tell of a person, which the room is not.", HelpName = "KIND",
        };
        var recipient = new Option<string?>("--recipient") { Description = "Who, as in the key recipients: care-team.", HelpName = "NAME" };
        var present = new Option<string?>("--present") { Description = "Who was present when it was said. It stays on the hub.", HelpName = "WHO" };
        var from = new Option<string?>("--from") { Description = "Readings that were measured since then go: a date, 2026-11-01, or a time with its offset, 2026-11-01T00:00+01:00. Without it: from now on.", HelpName = "DATE" };
        var command = new ExampledCommand(name, description, examples) { patient, kind, recipient, present, data, config };
        if (answer == ConsentAnswer.Given)
        {
            command.Add(from);
        }

        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireLiving(HubOptions.RequireData(parsed.GetValue(data), configuration));
            DateTimeOffset now = io.Time.GetLocalNow();
            PatientReference person = HubOptions.ReadPatient(parsed.GetValue(patient), "whose data it is about");
            Recipient to = ReadRecipient(parsed.GetValue(recipient), configuration);
            DateTimeOffset? since = answer == ConsentAnswer.Given ? ReadFrom(parsed.GetValue(from), io.Time) ?? now : null;
            string who = parsed.GetValue(present) ?? throw new UsageException("--present WHO is missing: it is recorded who was there when it was said.");
            ConsentDecision[] decisions = [.. ReadKinds(parsed.GetValue(kind)).Select(one => new ConsentDecision(person, one, to, answer, now, who, since))];
            if (decisions[0].Validate() is { } wrong)
            {
                throw new UsageException($"--present: {wrong}.");
            }

            // One that stands in the past would release years.
            return since == now && !io.Clock(configuration).IsTimeKnown
                ? throw new CommandFailedException(
                    "The hub's clock is not known to be right yet, so that \"from now on\" says nothing: say --from DATE, or wait until it is synchronised (timedatectl).")
                : RunAsync(io, folder, decisions, parsed.GetValue(kind)!.Contains(AllKinds), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(CommandIo io, string folder, ConsentDecision[] decisions, bool isAll, CancellationToken cancellation)
    {
        IConsentBook book = await Adapters.OpenConsentsAsync(folder, cancellation).ConfigureAwait(false);
        await using (book.ConfigureAwait(false))
        {
            // Who takes everything back takes back what is named apart, too.
            if (isAll && decisions[0] is { Answer: ConsentAnswer.Withdrawn } said && book.State.Find(said.Patient, DataKinds.Room, said.Recipient)?.Answer == ConsentAnswer.Given)
            {
                decisions = [.. decisions, said with { Kind = DataKinds.Room }];
            }

            IAuditLog audit = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
            await using (audit.ConfigureAwait(false))
            {
                if (await new ConsentDesk(book, audit).DecideAsync(decisions, decisions[0].Present, cancellation).ConfigureAwait(false) is { } refused)
                {
                    throw new CommandFailedException($"{refused.Kind.ToName()}: {book.State.Refuse(refused)}");
                }
            }
        }

        using StreamWriter text = io.OpenText();
        string kinds = string.Join(", ", decisions.Select(decision => decision.Kind.ToName()));
        string done = decisions[0].Answer switch
        {
            ConsentAnswer.Given => "may have",
            ConsentAnswer.Refused => "does not get",
            _ => "may have no more",
        };
        await text.WriteLineAsync($"{decisions[0].Recipient.Slug} {done} of {decisions[0].Patient.Key}: {kinds}.").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static Recipient ReadRecipient(string? name, HubConfiguration configuration) =>
        configuration.Recipients.FirstOrDefault(recipient => recipient.Slug == name)
        ?? throw new UsageException(
            $"--recipient must be one of this hub's: {string.Join(", ", configuration.Recipients.Select(recipient => recipient.Slug))} (the key recipients; name --config where it is set).");

    private static DataKinds[] ReadKinds(string[]? names)
    {
        if (names is null or [])
        {
            throw new UsageException("--kind KIND is missing.");
        }

        return names.Contains(AllKinds)
            ? [.. DataKindNames.OfPerson]
            : [.. names.Select(name => DataKindNames.TryParse(name, out DataKinds kind) ? kind : throw new UsageException($"--kind: there is no kind {name}.")).Distinct()];
    }

    private static DateTimeOffset? ReadFrom(string? text, TimeProvider clock) =>
        text is null ? null
        : HubOptions.TryReadDayOrTime(text, clock, out DateTimeOffset time) ? time
        : throw new UsageException("--from must be a date, 2026-11-01, or a time with its offset, 2026-11-01T00:00+01:00.");
}
