using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using HomeHub.Core.Buffering;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Consent;

/// <summary>
/// What a recipient is told of a person's consent: the kinds that it may have, and those that it had and may have no more. Nothing of what was refused, of others,
/// nor of who was present.
/// </summary>
/// <param name="Patient">Whose data.</param>
/// <param name="Recipient">Who is told.</param>
/// <param name="Decisions">Consents and withdrawals, by kind; at least one.</param>
public sealed record ConsentExtract(PatientReference Patient, Recipient Recipient, IReadOnlyList<ConsentDecision> Decisions)
{
    /// <summary>When the last of them was decided.</summary>
    public DateTimeOffset DecidedAt => Decisions.Max(decision => decision.At);

    /// <summary>True while the recipient may have anything.</summary>
    public bool IsActive => Decisions.Any(decision => decision.Answer == ConsentAnswer.Given);

    /// <summary>Tells whether two extracts say the same.</summary>
    public string ContentHash
    {
        get
        {
            var text = new StringBuilder();
            foreach (ConsentDecision decision in Decisions)
            {
                text.Append(CultureInfo.InvariantCulture, $"{(int)decision.Kind} {(int)decision.Answer} {decision.At:O} {decision.From:O}\n");
            }

            return Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
        }
    }

    /// <summary>The extract of a recipient; null where nothing was ever given to it, so that there is nothing to tell.</summary>
    public static ConsentExtract? Of(ConsentState state, PatientReference patient, Recipient recipient)
    {
        ArgumentNullException.ThrowIfNull(state);
        ConsentDecision[] told =
        [
            .. DataKindNames.All.Select(kind => state.Find(patient, kind, recipient)).OfType<ConsentDecision>().Where(decision => decision.Answer != ConsentAnswer.Refused),
        ];
        return told.Length > 0 ? new ConsentExtract(patient, recipient, told) : null;
    }
}
