using System.CommandLine;
using HomeHub.Core.Acts;
using HomeHub.Core.ManualEntries;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Requests;

namespace HomeHub.Gateway.Commands.Readings;

/// <summary><c>homehub readings enter</c>: a reading of a device without a radio, or one that was told by telephone.</summary>
internal static class EnterCommand
{
    private static readonly (string Name, ManualKind Kind)[] Kinds =
    [
        ("weight", ManualKind.Weight), ("blood-pressure", ManualKind.BloodPressure), ("temperature", ManualKind.Temperature), ("glucose", ManualKind.Glucose),
        ("oxygen-saturation", ManualKind.OxygenSaturation),
    ];

    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var patient = new Option<string?>("--patient") { Description = "Whose it is: Patient/id, or system|value.", HelpName = "PATIENT" };
        var kind = new Option<string?>("--kind") { Description = string.Join(", ", Kinds.Select(one => one.Name)) + ". Glucose is of capillary blood, as home meters measure.", HelpName = "KIND" };
        var unit = new Option<string?>("--unit") { Description = "kg or lb; mmHg or kPa; C or F; mg/dL or mmol/L; %.", HelpName = "UNIT" };
        var value = new Option<string?>("--value") { Description = "The value, with the decimals that were shown.", HelpName = "NUMBER" };
        var systolic = new Option<string?>("--systolic") { Description = "Of a blood pressure.", HelpName = "NUMBER" };
        var diastolic = new Option<string?>("--diastolic") { Description = "Of a blood pressure.", HelpName = "NUMBER" };
        var pulse = new Option<string?>("--pulse") { Description = "Pulse rate in beats a minute, where it was told with a blood pressure or an oxygen saturation.", HelpName = "NUMBER" };
        var at = new Option<string?>("--at") { Description = "When it was measured, with the offset there: 2026-03-14T08:00+01:00.", HelpName = "TIME" };
        var again = new Option<bool>("--again") { Description = "It was measured a second time in that minute, with the same values. Else the same entry is the same reading." };
        var by = new Option<string?>("--by") { Description = "Who enters it: a name or a role. It is recorded with the act.", HelpName = "WHO" };
        var command = new ExampledCommand(
            "enter",
            "Enters a reading by hand, from a device without a radio or told by telephone. It is kept and sent as any other, and marked as entered by hand.",
            "homehub readings enter --patient Patient/p1 --kind weight --value 81.4 --unit kg --at 2026-03-14T08:00+01:00 --by \"nurse 7\" --data ./data",
            "homehub readings enter --patient Patient/p1 --kind blood-pressure --systolic 128 --diastolic 83 --pulse 71 --unit mmHg --at 2026-03-14T08:00+01:00 --by \"nurse 7\" --data ./data")
        {
            patient, kind, value, unit, systolic, diastolic, pulse, at, again, by, data, config,
        };
        command.SetAction((parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireLiving(HubOptions.RequireExistingData(parsed.GetValue(data), configuration));
            DateTimeOffset now = io.Time.GetLocalNow();
            var entry = new ManualEntry
            {
                Kind = ReadKind(parsed.GetValue(kind)),
                Patient = HubOptions.ReadPatient(parsed.GetValue(patient)),
                At = parsed.GetValue(at) is { } told
                    ? ReadTime(told)
                    : throw new UsageException("--at TIME is missing: the hub does not guess when it was measured. For example: --at 2026-03-14T08:00+01:00."),
                Unit = parsed.GetValue(unit) ?? throw new UsageException("--unit UNIT is missing: a number without its unit says nothing."),
                Value = ReadNumber("--value", parsed.GetValue(value)),
                Systolic = ReadNumber("--systolic", parsed.GetValue(systolic)),
                Diastolic = ReadNumber("--diastolic", parsed.GetValue(diastolic)),
                Pulse = ReadNumber("--pulse", parsed.GetValue(pulse)),
                IsAgain = parsed.GetValue(again),
            };
            string who = parsed.GetValue(by) ?? throw new UsageException("--by WHO is missing: it is recorded who enters it.");
            var act = new ReadingAct(Guid.NewGuid(), ActKind.Enter, 0, now, who, null, entry.Patient);
            if (act.Validate() is { } wrong)
            {
                throw new UsageException($"--by: {wrong}.");
            }

            return ManualEntryEncoder.Encode(entry, act.At, now).Error is { } refused
                ? throw new UsageException($"It can't be entered: {refused}.")
                : RunAsync(io, folder, configuration, act, entry, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(
        CommandIo io, string folder, HubConfiguration configuration, ReadingAct act, ManualEntry entry, CancellationToken cancellation)
    {
        ActOutcome outcome = await BufferAccess.EnterAsync(io, folder, configuration, act, entry, cancellation).ConfigureAwait(false);
        string more = entry.IsAgain ? "A third one in that minute is entered with the time of the next." : "Was it measured a second time in that minute: --again.";
        string done = outcome switch
        {
            ActOutcome.Done => $"It is entered as {entry.Patient.Key}'s.",
            ActOutcome.KnownBefore => $"It was already entered as {entry.Patient.Key}'s: nothing was added. {more}",
            ActOutcome.TakenBackBefore => throw new CommandFailedException($"The same reading was entered before, and taken back: nothing was added. If it is right after all: {(entry.IsAgain ? "enter it with the time of the next minute." : "--again.")}"),
            _ => throw new CommandFailedException("The buffer is full of readings that nobody has receipted."),
        };
        using StreamWriter text = io.OpenText();
        await text.WriteLineAsync(done).ConfigureAwait(false);
        return ExitCodes.Done;
    }

    private static ManualKind ReadKind(string? name) => Array.Find(Kinds, one => one.Name == name) is { Name: not null } found
        ? found.Kind
        : throw new UsageException($"--kind must be one of {string.Join(", ", Kinds.Select(one => one.Name))}.");

    private static decimal? ReadNumber(string option, string? text) =>
        EntryRequest.TryNumber(text, out decimal? number) ? number : throw new UsageException($"{option} must be a number, as 81.4.");

    private static DateTimeOffset ReadTime(string text) =>
        HubOptions.TryReadTime(text, out DateTimeOffset at)
            ? at
            : throw new UsageException("--at must be a time with its offset, 2026-03-14T08:00+01:00.");
}
