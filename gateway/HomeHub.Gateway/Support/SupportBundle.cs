using System.IO.Compression;
using System.Text;
using HomeHub.Core.Audit;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Time;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.Status;

namespace HomeHub.Gateway.Support;

/// <summary>
/// What somebody far away needs to help with a hub, in one archive: how it is, its devices by tag, its settings, the machine, the last lines of the log. Holds no
/// measured value, no name, no patient, no address of a device, no key. The same by command and by page.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="configuration">The hub's configuration.</param>
/// <param name="clock">What the hub knows of its time.</param>
/// <param name="time">The clock.</param>
internal sealed class SupportBundle(string folder, HubConfiguration configuration, IHubClock clock, TimeProvider time)
{
    private const string About = """
        Support bundle of a HomeHub. It holds:
          status.json    counts of readings by state, broker, Bluetooth: no reading
          devices.json   the devices by tag (a hash of the address), with bond, trouble, battery: no name, no address, no person, nothing of what they measure
          settings.json  the settings that are no secret
          system.json    system, disk, time, sizes of the hub's files
          audit.json     whether the audit log is whole: no entry
          log.txt        the last lines of the log of the running hub, which never hold values, names or keys

        """;

    /// <summary>Writes the archive (ZIP).</summary>
    /// <param name="to">Where to.</param>
    /// <param name="log">Last lines of the log; empty when the hub does not run here.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="Core.Buffering.BufferException">A file of the hub can't be read.</exception>
    public async Task WriteAsync(Stream to, IReadOnlyList<string> log, CancellationToken cancellation)
    {
        HubStatus status = await StatusCommand.ReadAsync(folder, time, clock, cancellation).ConfigureAwait(false);
        using var archive = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        Add(archive, "README.txt", stream => stream.Write(Encoding.UTF8.GetBytes(About)));
        Add(archive, "status.json", stream => StatusJson.Write(status, stream));
        IReadOnlyList<RegisteredDevice> devices = await ReadDevicesAsync(cancellation).ConfigureAwait(false);
        Add(archive, "devices.json", stream => SupportJson.WriteDevices(stream, devices));
        Add(archive, "settings.json", stream => SupportJson.WriteSettings(stream, configuration));
        Add(archive, "system.json", stream => SupportJson.WriteSystem(stream, folder, clock, time.GetUtcNow()));
        AuditCheck audit = await CheckAuditAsync(cancellation).ConfigureAwait(false);
        Add(archive, "audit.json", stream => SupportJson.WriteAudit(stream, audit));
        Add(archive, "log.txt", stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(log.Select(line => line + "\n")))));
    }

    private void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name);
        entry.LastWriteTime = time.GetUtcNow();
        using Stream stream = entry.Open();
        write(stream);
    }

    private async Task<IReadOnlyList<RegisteredDevice>> ReadDevicesAsync(CancellationToken cancellation)
    {
        IDeviceRegistry registry = await Adapters.OpenRegistryAsync(folder, cancellation).ConfigureAwait(false);
        await using (registry.ConfigureAwait(false))
        {
            return await registry.ListAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<AuditCheck> CheckAuditAsync(CancellationToken cancellation)
    {
        IAuditLog log = await Adapters.OpenAuditAsync(folder, cancellation).ConfigureAwait(false);
        await using (log.ConfigureAwait(false))
        {
            return await log.VerifyAsync(null, cancellation).ConfigureAwait(false);
        }
    }
}
