namespace HomeHub.Profiles;

/// <summary>One value of a reading, neutral between device and FHIR; each becomes one Observation.</summary>
/// <param name="Code">What was measured.</param>
public abstract record ReadingValue(MdcTerm Code)
{
    /// <summary>Whom the value is about.</summary>
    public ValueSubject Subject { get; init; }

    /// <summary>Position, in <see cref="Reading.Values"/>, of the value that this one belongs to (status bits, BMI); null when it stands alone.</summary>
    public int? DerivedFrom { get; init; }

    /// <summary>Position of a second value that this one belongs to (BMI: weight, then height); null unless <see cref="DerivedFrom"/> is set too.</summary>
    public int? AlsoDerivedFrom { get; init; }

    /// <summary>How the value goes up, before consent is asked.</summary>
    public UploadRule Upload { get; init; }
}
