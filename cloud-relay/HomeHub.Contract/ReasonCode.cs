namespace HomeHub.Contract;

/// <summary>Why a relay rejects a Bundle or an entry of it. On the wire in kebab-case, see <see cref="ReasonCodes"/>.</summary>
public enum ReasonCode
{
    /// <summary><c>not-json</c>: the payload is not JSON.</summary>
    NotJson = 1,

    /// <summary><c>not-fhir</c>: JSON, but no FHIR R4 Bundle.</summary>
    NotFhir,

    /// <summary><c>too-large</c>: more than <see cref="ContractLimits.MaxPayloadBytes"/> on the wire or more than <see cref="ContractLimits.MaxEntries"/> entries.</summary>
    TooLarge,

    /// <summary><c>not-brotli</c>: the topic says <c>br</c> and the payload is not one whole Brotli stream.</summary>
    NotBrotli,

    /// <summary><c>decompression-bomb</c>: more than <see cref="ContractLimits.MaxBundleBytes"/> once decompressed.</summary>
    DecompressionBomb,

    /// <summary><c>unknown-encoding</c>: the last level of the topic names no encoding of this version.</summary>
    UnknownEncoding,

    /// <summary><c>empty-bundle</c>: a Bundle without entries.</summary>
    EmptyBundle,

    /// <summary><c>not-a-transaction</c>: <c>Bundle.type</c> is not <c>transaction</c>.</summary>
    NotATransaction,

    /// <summary><c>unsupported-resource</c>: a resource other than Observation, Device and Patient.</summary>
    UnsupportedResource,

    /// <summary><c>missing-identifier</c>: an entry without the identifier by which it is stored once.</summary>
    MissingIdentifier,

    /// <summary><c>bundle-mismatch</c>: the Bundle's id is not the one in the topic.</summary>
    BundleMismatch,

    /// <summary><c>mixed-patients</c>: Observations of more than one patient in one Bundle.</summary>
    MixedPatients,

    /// <summary><c>not-enrolled</c>: the hub speaks for a patient who is not enrolled for it.</summary>
    NotEnrolled,

    /// <summary><c>unknown-reference</c>: a <c>urn:uuid</c> that is neither in the Bundle nor known to the relay. The hub sends its Devices again.</summary>
    UnknownReference,

    /// <summary><c>invalid-entry</c>: an entry that breaks the contract in any other way; also what a reader takes a code for that it does not know.</summary>
    InvalidEntry,

    /// <summary><c>update-not-permitted</c>: an entry that updates and is no Observation that was entered in error.</summary>
    UpdateNotPermitted,

    /// <summary><c>update-of-other-subject</c>: an update of an Observation that is stored as another subject's.</summary>
    UpdateOfOtherSubject,

    /// <summary><c>update-of-other-hub</c>: an update of an Observation that another hub sent, whose place this one was not given.</summary>
    UpdateOfOtherHub,
}
