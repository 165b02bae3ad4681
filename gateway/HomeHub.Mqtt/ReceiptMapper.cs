using HomeHub.Contract;
using HomeHub.Core.Buffering;
using HomeHub.Core.Delivery;
using HomeHub.Mosquitto;

namespace HomeHub.Mqtt;

/// <summary>From a message on the wire to the receipt that the delivery understands.</summary>
internal static class ReceiptMapper
{
    /// <returns>Null when the message is no receipt for this hub.</returns>
    public static DeliveryReceipt? Map(Guid hub, MosquittoMessage message)
    {
        if (!Topics.TryParseReceipt(message.Topic, out var topic) || topic.Hub != hub || !Receipt.TryParse(message.Payload.Span, out var receipt))
        {
            return null;
        }

        return new DeliveryReceipt(
            new Recipient(topic.Recipient),
            receipt.Bundle,
            receipt.Reason?.ToWire(),
            [.. receipt.Stored, .. receipt.Duplicate],
            [.. receipt.Entries.Select(entry => new RefusedEntry(entry.Entry, entry.Reason.ToWire()))]);
    }
}
