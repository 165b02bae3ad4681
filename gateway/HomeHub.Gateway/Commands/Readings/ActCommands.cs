using System.CommandLine;
using HomeHub.Core.Acts;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Requests;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings assign</c>, <c>discard</c> and <c>take-back</c>.</summary>
internal static class ActCommands
{
    public static Command CreateAssign(CommandIo io) => Create(
        io,
        ActKind.Assign,
        "assign",
        "Says whose a reading is that is nobody's: it is sent as that person's, by the upload rules. The context of a measurement goes with it.",
        "homehub readings assign 17 --patient Patient/p1 --by \"nurse 7\" --data ./data");

    public static Command CreateDiscard(CommandIo io) => Create(
        io,
        ActKind.Discard,
        "discard",
        "Says that a reading that is nobody's is of nobody here: it is kept as history, and never sent.",
        "homehub readings discard 17 --reason guest --by \"nurse 7\" --data ./data");

    public static Command CreateTakeBack(CommandIo io) => Create(
        io,
        ActKind.TakeBack,
        "take-back",
        "Takes a reading back that was not what it seemed: what was sent is marked as entered in error, what was not is never sent. With --patient it is that person's instead.",
        "homehub readings take-back 17 --reason guest --by \"nurse 7\" --data ./data",
        "homehub readings take-back 17 --reason wrong-person --by \"nurse 7\" --patient Patient/p2 --data ./data");

    private static ExampledCommand Create(CommandIo io, ActKind kind, string name, string description, params string[] examples)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var id = new Argument<long>("id") { Description = "Number of the reading, as readings list and readings unassigned show it.", HelpName = "ID" };
        var patient = new Option<string?>("--patient") { Description = "Whose it is: Patient/id, or system|value.", HelpName = "PATIENT" };
        var reason = new Option<string?>("--reason") { Description = "Why, as a code of a-z, 0-9 and dash: guest, wrong-person, wrong-reading …", HelpName = "CODE" };
        var by = new Option<string?>("--by") { Description = "Who says so: a name or a role. It is recorded with the act.", HelpName = "WHO" };
        var command = new ExampledCommand(name, description, examples) { id, by, data, config };
        if (kind != ActKind.Discard)
        {
            command.Add(patient);
        }

        if (kind != ActKind.Assign)
        {
            command.Add(reason);
        }

        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), configuration));
            string? key = kind == ActKind.Discard ? null : parsed.GetValue(patient);
            PatientReference? person = key is not null || kind == ActKind.Assign ? HubOptions.ReadPatient(key) : null;
            string? why = kind == ActKind.Assign ? null : parsed.GetValue(reason) ?? throw new UsageException("--reason CODE is missing.");
            string who = parsed.GetValue(by) ?? throw new UsageException("--by WHO is missing: it is recorded who says so.");
            var act = new ReadingAct(Guid.NewGuid(), kind, parsed.GetValue(id), io.Time.GetLocalNow(), who, why, person);
            return act.Validate() is { } wrong
                ? throw new UsageException($"--by, --reason: {wrong}.")
                : RunAsync(io, folder, configuration, act, cancellation);
        });
        return command;
    }

    /// <summary>Does an act, by the hub that runs or by itself.</summary>
    /// <exception cref="CommandFailedException">It can't be done; the message says why.</exception>
    public static async Task<int> RunAsync(CommandIo io, string folder, HubConfiguration configuration, ReadingAct act, CancellationToken cancellation)
    {
        ActOutcome outcome = await BufferAccess.ActAsync(io, folder, configuration, act, cancellation).ConfigureAwait(false);
        if (outcome != ActOutcome.Done)
        {
            throw new CommandFailedException($"Reading {act.Reading}: {Explain(outcome)}");
        }

        using StreamWriter text = io.OpenText();
        string done = act.Kind switch
        {
            ActKind.Assign => $"is {act.Patient!.Key}'s.",
            ActKind.Discard => "is discarded.",
            _ when act.Patient is { } other => $"is taken back, and {other.Key}'s instead.",
            _ => "is taken back.",
        };
        await text.WriteLineAsync($"Reading {act.Reading} {done}").ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static string Explain(ActOutcome outcome) => outcome switch
    {
        ActOutcome.NotFound => "there is no such reading, or it has left the local history.",
        ActOutcome.NotUnassigned => "it is somebody's already, or discarded. What is somebody's is taken back: homehub readings take-back.",
        ActOutcome.Unassigned => "it is nobody's: homehub readings assign or discard.",
        ActOutcome.TakenBackBefore => "it was taken back before.",
        ActOutcome.SamePerson => "it is that person's already.",
        ActOutcome.ContextOfMeasurement => "it is the context of a measurement, and goes where that one goes.",
        _ => "it can't be decoded any more, and stays as it is.",
    };
}
