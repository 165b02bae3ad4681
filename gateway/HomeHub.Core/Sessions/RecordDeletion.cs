using HomeHub.Profiles.RecordAccess;

namespace HomeHub.Core.Sessions;

/// <summary>
/// Which records of a device may be deleted on it: those that it told in this connection, once all of them are receipted, and none that it may have stored
/// since then. Asked for only where the model's catalogue entry says so.
/// </summary>
/// <param name="UpTo">Sequence Number up to which; null where all can be deleted and nothing less.</param>
/// <param name="Told">How many records were told. Where all are deleted, the device must still have as many, or it would lose one that nobody has seen.</param>
internal sealed record RecordDeletion(ushort? UpTo, int Told)
{
    /// <summary>How long the receipts of what was just told are waited for; the device is asked to delete another time then.</summary>
    public static readonly TimeSpan ReceiptLimit = TimeSpan.FromSeconds(10);

    /// <summary>How often it is asked whether all is receipted.</summary>
    public static readonly TimeSpan ReceiptInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The deletion after a transfer; null when there is nothing to delete, when not all records were told (what was not seen in this connection may be
    /// nowhere else), and when numbers don't tell old records from new ones: near the wrap, and where they started anew.
    /// </summary>
    public static RecordDeletion? After(RecordTransfer transfer, RecordRules rules)
    {
        if (transfer is not { IsComplete: true, AsksAll: true, IsShort: false } || rules.Deletion == DeletionScope.None || transfer.Told.Count == 0
            || transfer.Told.Any(record => rules.IsNearWrap(record.SequenceNumber)))
        {
            return null;
        }

        if (rules.Deletion == DeletionScope.All)
        {
            return new RecordDeletion(null, transfer.Told.Count);
        }

        StoredRecord[] ascending = [.. transfer.Told.OrderBy(record => record.SequenceNumber)];
        for (int i = 1; i < ascending.Length; i++)
        {
            if (!ascending[i].IsNewerThan(ascending[i - 1]))
            {
                return null;
            }
        }

        return new RecordDeletion(ascending[^1].SequenceNumber, ascending.Length);
    }

    /// <summary>The request: records up to the number, that one included, or all.</summary>
    public byte[] ToOctets() =>
        (UpTo is { } number ? RecordAccessRequest.UpTo(RecordAccessOpCode.DeleteRecords, number) : RecordAccessRequest.All(RecordAccessOpCode.DeleteRecords)).ToOctets();
}
