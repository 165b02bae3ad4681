using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Hub;

/// <summary>Leaves word in the audit log of what persons did. Nothing of it is done quietly: where the log can't be written, whoever does it fails, and says so.</summary>
internal static class AuditTrail
{
    /// <summary>Who uses the command line, where the command does not ask who says so.</summary>
    public static string CommandLineUser => $"{Environment.UserName}, at the command line";

    /// <summary>Adds an entry.</summary>
    /// <exception cref="Core.Buffering.BufferException">The log can't be written.</exception>
    public static async Task NoteAsync(
        CommandIo io, string folder, string act, string who, PatientReference? patient, string? about, CancellationToken cancellation)
    {
        IAuditLog log = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            await log.AddAsync(new AuditNote(io.Time.GetLocalNow(), act, who, patient, about), cancellation).ConfigureAwait(false);
        }
    }
}
