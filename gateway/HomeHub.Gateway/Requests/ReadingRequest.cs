using HomeHub.Core.Acts;
using HomeHub.Core.Identity;

namespace HomeHub.Gateway.Requests;

/// <summary>What a command asks of whoever holds the buffer, as it stands in a file.</summary>
/// <param name="Id">Makes it the same request, however often it is read.</param>
/// <param name="Kind">What is asked: an act, by its number; 0 for a request that is none.</param>
/// <param name="Reading">Number of the reading.</param>
/// <param name="At">When it was asked.</param>
/// <param name="Who">Who says so.</param>
/// <param name="Reason">Why, as a code.</param>
/// <param name="Patient">Whose it is from now on, as <see cref="PatientReference.Key"/>.</param>
internal sealed record ReadingRequest(Guid Id, ActKind Kind, long Reading, DateTimeOffset At, string Who, string? Reason, string? Patient)
{
    /// <summary>What a person enters; null where nothing is.</summary>
    public EntryRequest? Entry { get; init; }

    /// <summary>Address of a device whose records that have left the hub are to be forgotten; null where that is not asked.</summary>
    public string? Forgets { get; init; }

    /// <summary>Whether the readings of <see cref="Patient"/> are to be erased: true with those on their way, false without; null where that is not asked.</summary>
    public bool? Erases { get; init; }

    /// <summary>The act that is asked for; null when the request makes no sense.</summary>
    public ReadingAct? ToAct()
    {
        PatientReference? patient = null;
        if (Who is null || (Patient is not null && !PatientReference.TryParse(Patient, out patient)))
        {
            return null;
        }

        var act = new ReadingAct(Id, Kind, Reading, At, Who, Reason, patient);
        return act.Validate() is null ? act : null;
    }
}
