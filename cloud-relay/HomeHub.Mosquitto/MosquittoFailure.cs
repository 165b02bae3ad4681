namespace HomeHub.Mosquitto;

/// <summary>Why there is no connection, for a person and for a program.</summary>
/// <param name="Kind">What kind of failure.</param>
/// <param name="Message">One English sentence, without credentials.</param>
/// <param name="Code">The CONNACK, DISCONNECT or SUBACK reason code, or the errno; null where there is none.</param>
public sealed record MosquittoFailure(MosquittoFailureKind Kind, string Message, int? Code = null);
