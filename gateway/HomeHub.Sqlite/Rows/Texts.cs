using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;
using HomeHub.Profiles;

namespace HomeHub.Sqlite;

/// <summary>The shared texts, seen through one connection.</summary>
internal sealed class Texts(Connection connection, bool isWriter)
{
    public TextTable<DeviceDescriptor> Devices { get; } = new(connection, "device", JsonTexts.Write, JsonTexts.ReadDevice, isWriter);

    public TextTable<SessionContext> Contexts { get; } = new(connection, "context", JsonTexts.Write, JsonTexts.ReadContext, isWriter);

    public TextTable<PatientReference> Patients { get; } = new(connection, "patient", PatientText.Write, PatientText.Read, isWriter);

    /// <summary>Identities of devices within FHIR identifiers (EUI-64 or address).</summary>
    public TextTable<string> Sources { get; } = new(connection, "source", text => text, text => text, isWriter);

    public TextTable<Recipient> Recipients { get; } = new(connection, "recipient", recipient => recipient.Slug, slug => new Recipient(slug), isWriter);

    public void Clear()
    {
        Devices.Clear();
        Contexts.Clear();
        Patients.Clear();
        Sources.Clear();
        Recipients.Clear();
    }
}
