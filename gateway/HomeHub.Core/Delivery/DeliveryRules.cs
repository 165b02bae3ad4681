using HomeHub.Core.Acquisition;
using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;

namespace HomeHub.Core.Delivery;

/// <summary>
/// Decides to whom a reading goes when it is taken, or when it becomes somebody's: by the upload rules, then by what the person lets each recipient have. Not
/// safe for several threads, as <see cref="UploadPolicy"/> is not.
/// </summary>
/// <param name="policy">The upload rules.</param>
/// <param name="recipients">Who gets readings here, at least one. What stays here anyway has a delivery to the first one only.</param>
/// <param name="consents">What holds now; a moment old is new enough, for the driver looks again before anything goes.</param>
public sealed class DeliveryRules(UploadPolicy policy, IReadOnlyList<Recipient> recipients, Func<ConsentState> consents)
{
    /// <summary>How the deliveries of a reading start.</summary>
    public IReadOnlyList<NewDelivery> Decide(AcquiredReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        if (reading.Patient.IsNobody)
        {
            return [new NewDelivery(recipients[0], DeliveryState.Unassigned)];
        }

        if (policy.Decide(reading) == DeliveryState.Local)
        {
            return [new NewDelivery(recipients[0], DeliveryState.Local)];
        }

        ConsentState state = consents();
        var deliveries = new NewDelivery[recipients.Count];
        for (int i = 0; i < deliveries.Length; i++)
        {
            deliveries[i] = new NewDelivery(recipients[i], state.Permits(reading, recipients[i]) ? DeliveryState.Buffered : DeliveryState.Withheld);
        }

        return deliveries;
    }
}
