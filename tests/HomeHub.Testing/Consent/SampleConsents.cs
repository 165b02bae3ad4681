using HomeHub.Core.Buffering;
using HomeHub.Core.Consent;
using HomeHub.Core.Delivery;
using HomeHub.Core.Identity;

namespace HomeHub.Testing.Consent;

/// <summary>What people decided, for tests.</summary>
public static class SampleConsents
{
    /// <summary>When they did.</summary>
    public static readonly DateTimeOffset At = SampleReadings.Start.AddDays(-1);

    /// <summary>A consent to all that was measured since long ago.</summary>
    public static ConsentDecision Given(PatientReference patient, DataKinds kind, Recipient? recipient = null) =>
        new(patient, kind, recipient ?? Recipient.CareTeam, ConsentAnswer.Given, At, "nurse 7", DateTimeOffset.MinValue);

    /// <summary>No consent, or none any more.</summary>
    public static ConsentDecision Not(PatientReference patient, DataKinds kind, ConsentAnswer answer = ConsentAnswer.Withdrawn, Recipient? recipient = null) =>
        new(patient, kind, recipient ?? Recipient.CareTeam, answer, At.AddHours(1), "nurse 7");

    /// <summary>Consents of the sample patients, and of others, to all kinds.</summary>
    public static IReadOnlyList<ConsentDecision> All(params PatientReference[] others) =>
    [
        .. from patient in others.Concat([SampleReadings.Patient, SampleReadings.OtherPatient]).Distinct()
           from kind in DataKindNames.All
           select Given(patient, kind),
    ];

    /// <summary>A book in which they stand, and by which the care team was told of them.</summary>
    public static InMemoryConsentBook Book(params PatientReference[] others)
    {
        var book = new InMemoryConsentBook();
        book.DecideAsync(All(others), CancellationToken.None).GetAwaiter().GetResult();
        foreach (PatientReference patient in book.State.People)
        {
            string hash = ConsentExtract.Of(book.State, patient, Recipient.CareTeam)!.ContentHash;
            book.SetToldAsync(patient, Recipient.CareTeam, hash, CancellationToken.None).GetAwaiter().GetResult();
        }

        return book;
    }

    /// <summary>Rules by which everything of theirs goes to the care team that the upload rules let out.</summary>
    public static DeliveryRules Rules(params PatientReference[] others)
    {
        var state = new ConsentState(1, All(others));
        return new DeliveryRules(new UploadPolicy(new UploadOptions()), [Recipient.CareTeam], () => state);
    }
}
