using HomeHub.Core.Buffering;
using HomeHub.Core.History;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;

namespace HomeHub.Web.Readings;

/// <summary>A reading as the nurse looks at it, to say whose it is or that it is wrong.</summary>
/// <param name="Entry">The reading, with where it went.</param>
/// <param name="Device">Its device; null where the hub no longer has it.</param>
/// <param name="People">The people of the household.</param>
/// <param name="Like">Whom its values would fit; null: nobody, or more than one. A hint, which decides nothing.</param>
/// <param name="Units">In which units values are shown.</param>
public sealed record ReadingView(HistoryEntry Entry, RegisteredDevice? Device, IReadOnlyList<HouseholdPerson> People, PatientReference? Like, ShownUnits Units)
{
    /// <summary>Number of the reading in the buffer.</summary>
    public long Number => Entry.Reading.Id;

    /// <summary>Whose it is; null: nobody's, or of somebody whom the household no longer has.</summary>
    public HouseholdPerson? Owner => People.FirstOrDefault(person => person.Patient == Entry.Reading.Record.Patient);

    /// <summary>Whom its values would fit, as a person of the household.</summary>
    public HouseholdPerson? LikePerson => People.FirstOrDefault(person => person.Patient == Like);

    /// <summary>What can be done with it.</summary>
    internal ReadingState State => Entry.Reading.Record.IsTakenBack || Entry.Deliveries.Any(delivery => delivery.State == DeliveryState.Discarded) ? ReadingState.Ended
        : Entry.Reading.Record.Patient.IsNobody ? ReadingState.Unassigned
        : ReadingState.Somebodys;
}
