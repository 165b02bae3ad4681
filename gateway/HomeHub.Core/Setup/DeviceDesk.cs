using HomeHub.Core.Audit;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;

namespace HomeHub.Core.Setup;

/// <summary>
/// Where what persons do with devices that are set up is done and noted in the audit log, whoever brings it: a command or a page. Safe for several threads.
/// </summary>
/// <param name="registry">The devices.</param>
/// <param name="audit">The log.</param>
/// <param name="time">The clock.</param>
/// <param name="isClockKnown">Whether it is right: while it is not, no "now" is noted.</param>
public sealed class DeviceDesk(IDeviceRegistry registry, IAuditLog audit, TimeProvider time, Func<bool> isClockKnown)
{
    /// <summary>Makes a device, or a user slot of it, a person's.</summary>
    /// <param name="address">The device.</param>
    /// <param name="userIndex">The slot, 0 to 254; null for the whole device.</param>
    /// <param name="person">The person.</param>
    /// <param name="since">Since when; null: from now on.</param>
    /// <param name="consentCode">The code by which the device lets the hub have the user's records, 0 to 9999; null: none, or the one that is known.</param>
    /// <param name="who">Who says so, for the log.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <returns>Null when it is done.</returns>
    /// <exception cref="Buffering.BufferException">Registry or log failed.</exception>
    public async Task<SetupProblem?> AssignAsync(
        string address, byte? userIndex, PatientReference person, DateTimeOffset? since, ushort? consentCode, string who, CancellationToken cancellation)
    {
        if (await registry.FindAsync(address, cancellation).ConfigureAwait(false) is not { } before)
        {
            return SetupProblem.NotSetUp;
        }

        SetupProblem? problem = userIndex is null && before.Slots.Count > 0 ? SetupProblem.UserNotNamed
            : since is not null && DevicePeople.HadAnother(before, userIndex, person) ? SetupProblem.WasSomebodyElses
            : since is null && !isClockKnown() ? SetupProblem.ClockNotKnown
            : null;
        if (problem is not null)
        {
            return problem;
        }

        DateTimeOffset from = since ?? time.GetUtcNow();
        if (consentCode is not null && userIndex is { } index)
        {
            await registry.SaveAsync(DevicePeople.WithSlot(before, index, person, from, consentCode), cancellation).ConfigureAwait(false);
        }
        else if (!await registry.AssignAsync(address, userIndex, person, from, cancellation).ConfigureAwait(false))
        {
            return SetupProblem.NotSetUp;
        }

        await NoteAsync(AuditActs.DeviceAssigned, who, person, AuditAbout.OfDevice(address, userIndex), CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    /// <summary>Makes a device, or a user slot of it, nobody's from now on. Nothing that was taken changes.</summary>
    /// <returns>Null when it is done.</returns>
    /// <exception cref="Buffering.BufferException">Registry or log failed.</exception>
    public async Task<SetupProblem?> UnassignAsync(string address, byte? userIndex, string who, CancellationToken cancellation)
    {
        if (await registry.FindAsync(address, cancellation).ConfigureAwait(false) is not { } before)
        {
            return SetupProblem.NotSetUp;
        }

        if (userIndex is null && before.Slots.Count > 0)
        {
            return SetupProblem.UserNotNamed;
        }

        bool was = await registry.UnassignAsync(address, userIndex, cancellation).ConfigureAwait(false);
        await NoteAsync(AuditActs.DeviceUnassigned, who, null, AuditAbout.OfDevice(address, userIndex), CancellationToken.None).ConfigureAwait(false);
        return was ? null : SetupProblem.WasNobodys;
    }

    /// <summary>
    /// Forgets a device. The registry first: from then on nothing is taken from it, whatever the radio does; and the log before the radio, which may fail.
    /// </summary>
    /// <param name="address">The device.</param>
    /// <param name="forgetRecords">Forgets what is known of its records (<see cref="Buffering.IReadingBuffer.ForgetDeviceAsync"/>).</param>
    /// <param name="central">The radio that holds the bond; null where the hub runs without, and the bond stays.</param>
    /// <param name="who">Who says so, for the log.</param>
    /// <param name="cancellation">Takes it back while it waits.</param>
    /// <returns>False when it was not set up.</returns>
    /// <exception cref="Buffering.BufferException">Registry, buffer or log failed.</exception>
    /// <exception cref="PeripheralException">The radio failed: the device is forgotten, and the bond stays.</exception>
    public async Task<bool> ForgetAsync(
        string address, Func<string, CancellationToken, Task> forgetRecords, ICentral? central, string who, CancellationToken cancellation)
    {
        // From here on to its end, whoever goes away meanwhile: what is forgotten by half can't be forgotten again.
        bool wasThere = await registry.RemoveAsync(address, cancellation).ConfigureAwait(false);
        await forgetRecords(address, CancellationToken.None).ConfigureAwait(false);
        await NoteAsync(AuditActs.DeviceForgotten, who, null, AuditAbout.OfDevice(address), CancellationToken.None).ConfigureAwait(false);
        if (central is not null)
        {
            await central.ForgetAsync(address, CancellationToken.None).ConfigureAwait(false);
        }

        return wasThere;
    }

    /// <summary>
    /// Another device takes the place of one that one person uses: it, and what is expected of it, are that person's from now on. The old one is nobody's; what it
    /// measured stays whose it is.
    /// </summary>
    /// <returns>Null when it is done.</returns>
    /// <exception cref="Buffering.BufferException">Registry or log failed.</exception>
    public async Task<SetupProblem?> ReplaceAsync(string old, string replacement, string who, CancellationToken cancellation)
    {
        if (old == replacement || await registry.FindAsync(old, cancellation).ConfigureAwait(false) is not { } before
            || await registry.FindAsync(replacement, cancellation).ConfigureAwait(false) is not { } after)
        {
            return SetupProblem.NotSetUp;
        }

        if (!isClockKnown())
        {
            return SetupProblem.ClockNotKnown;
        }

        if (!before.People.Any())
        {
            return SetupProblem.WasNobodys;
        }

        // Under which number the other device keeps whose records, nobody can tell but who set it up: each person is given to it by number.
        if (before.Slots.Count > 0)
        {
            return SetupProblem.UsersByNumber;
        }

        if (after.People.Any())
        {
            return SetupProblem.WasSomebodyElses;
        }

        // From here on to its end, whoever goes away meanwhile.
        PatientReference person = before.Patient!;
        await registry.AssignAsync(replacement, null, person, time.GetUtcNow(), CancellationToken.None).ConfigureAwait(false);
        await NoteAsync(AuditActs.DeviceAssigned, who, person, AuditAbout.Of((AuditDetail.Device, replacement), (AuditDetail.Replaces, old)), CancellationToken.None).ConfigureAwait(false);
        await registry.ExpectAsync(replacement, before.ExpectedEvery, CancellationToken.None).ConfigureAwait(false);
        await registry.ExpectAsync(old, null, CancellationToken.None).ConfigureAwait(false);
        await registry.UnassignAsync(old, null, CancellationToken.None).ConfigureAwait(false);
        await NoteAsync(AuditActs.DeviceUnassigned, who, null, AuditAbout.Of((AuditDetail.Device, old), (AuditDetail.ReplacedBy, replacement)), CancellationToken.None).ConfigureAwait(false);
        return null;
    }

    private Task<AuditEntry> NoteAsync(string act, string who, PatientReference? person, string? about, CancellationToken cancellation) =>
        audit.AddAsync(new AuditNote(time.GetLocalNow(), act, who, person, about), cancellation);
}
