namespace HomeHub.Contract;

/// <summary>The parts of a receipt topic, <c>homehub/v1/{hub}/{recipient}/receipt</c>.</summary>
/// <param name="Hub">The hub that the receipt is for.</param>
/// <param name="Recipient">Whose copy of the readings it speaks of, a slug.</param>
public readonly record struct ReceiptTopic(Guid Hub, string Recipient);
