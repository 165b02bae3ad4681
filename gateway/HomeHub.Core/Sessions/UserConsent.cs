using HomeHub.Core.People;
using HomeHub.Core.Peripherals;
using HomeHub.Profiles.UserData;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Asks a device for the records of each user whose code is known, one after the other: a device serves one user at a time (User Data Service 1.0, 3.5.2.2).
/// </summary>
internal sealed class UserConsent(IReadOnlyList<UserSlot> slots, GattOperations gatt, SessionLimits limits, TimeProvider time)
{
    /// <summary>How long a device has to answer.</summary>
    public static readonly TimeSpan AnswerLimit = TimeSpan.FromSeconds(10);

    /// <summary>Consents for one user after the other, and takes what each has.</summary>
    /// <returns>False when the device did not accept a code; the others' records were taken.</returns>
    /// <exception cref="PeripheralException">The link went.</exception>
    public async Task<bool> RunAsync(GattCharacteristic controlPoint, ValueTaker values, CancellationToken cancellation)
    {
        UserSlot[] known = [.. slots.Where(slot => slot.ConsentCode is not null)];
        if (known.Length == 0)
        {
            return true;
        }

        bool areAccepted = await gatt.TrySubscribeAsync(controlPoint, cancellation).ConfigureAwait(false);
        foreach (UserSlot slot in areAccepted ? known : [])
        {
            if (await AskAsync(controlPoint, slot, values, cancellation).ConfigureAwait(false))
            {
                await values.TakeUntilIdleAsync(limits, time, cancellation).ConfigureAwait(false);
            }
            else
            {
                areAccepted = false;
            }
        }

        return areAccepted;
    }

    private async Task<bool> AskAsync(GattCharacteristic controlPoint, UserSlot slot, ValueTaker values, CancellationToken cancellation)
    {
        try
        {
            byte[] request = UserControlPoint.Consent(slot.UserIndex, slot.ConsentCode!.Value);
            if (!await gatt.TryWriteAsync(controlPoint, request, cancellation).ConfigureAwait(false))
            {
                return false;
            }
        }
        catch (PeripheralException error) when (error.Fault == PeripheralFault.ProfileError)
        {
            return false;
        }

        long askedAt = time.GetTimestamp();
        while (time.GetElapsedTime(askedAt) is var since && since < AnswerLimit
            && await values.TakeAsync(AnswerLimit - since, time, cancellation).ConfigureAwait(false) is { } heard)
        {
            if (heard.Value.Characteristic.Handle == controlPoint.Handle
                && UserControlAnswer.TryDecode(heard.Value.Octets, out UserControlAnswer answer, out _) && answer.Request == UserControlPoint.ConsentOpCode)
            {
                return answer.IsSuccess;
            }
        }

        return false;
    }
}
