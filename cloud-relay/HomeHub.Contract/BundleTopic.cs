namespace HomeHub.Contract;

/// <summary>The parts of a bundle topic, <c>homehub/v1/{hub}/{recipient}/bundle/{bundle}/{encoding}</c>.</summary>
/// <param name="Hub">The hub that sends.</param>
/// <param name="Recipient">Whom the readings are for, a slug.</param>
/// <param name="Bundle">The Bundle's deterministic id, which its receipt names.</param>
/// <param name="Encoding">How the payload is encoded; null for a level that this version does not know, so that a receiver can still
/// receipt the Bundle as <see cref="ReasonCode.UnknownEncoding"/>.</param>
public readonly record struct BundleTopic(Guid Hub, string Recipient, Guid Bundle, BundleEncoding? Encoding);
