using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Profiles.Streams;

namespace HomeHub.Sqlite;

/// <summary>A reading to append, checked and with its identifier codes, worked out on the caller's thread.</summary>
internal readonly record struct PreparedReading(AcquiredReading Reading, IReadOnlyList<NewDelivery> Deliveries, byte[] Codes)
{
    /// <summary>Recipients that a reading may have.</summary>
    public const int MaxRecipients = 16;

    /// <summary>Checks and prepares.</summary>
    /// <exception cref="ArgumentException">Octets too long, no recipient, one named twice, or a state that a delivery does not start in.</exception>
    public static PreparedReading Of(NewReading added)
    {
        IReadOnlyList<NewDelivery> deliveries = added.Deliveries;
        int most = added.Reading.Context.IsMinute ? StreamMinute.MaxOctets : AcquiredReading.MaxOctets;
        if (added.Reading.Octets.Length > most)
        {
            throw new ArgumentException($"A record has more than {most} octets.", nameof(added));
        }

        if (deliveries.Count is 0 or > MaxRecipients)
        {
            throw new ArgumentException($"A reading needs 1 to {MaxRecipients} recipients.", nameof(added));
        }

        for (int i = 0; i < deliveries.Count; i++)
        {
            bool isNobodys = deliveries[i].State == DeliveryState.Unassigned;
            if (deliveries[i].State is not (DeliveryState.Buffered or DeliveryState.Local or DeliveryState.Unassigned or DeliveryState.Withheld) || isNobodys != added.Reading.Patient.IsNobody)
            {
                throw new ArgumentException("A delivery starts buffered, local or withheld, or, where the reading is nobody's, unassigned.", nameof(added));
            }

            for (int j = 0; j < i; j++)
            {
                if (deliveries[i].Recipient == deliveries[j].Recipient)
                {
                    throw new ArgumentException("A recipient is named twice.", nameof(added));
                }
            }
        }

        // What is never sent claims no identifier; it does when it becomes somebody's.
        return new PreparedReading(added.Reading, deliveries, added.Reading.Patient.IsNobody ? [] : IdentifierCodes.Of(added.Reading));
    }
}
