namespace HomeHub.Contract;

/// <summary>
/// Every MQTT topic of the contract, built and read in one place. Topics carry ids and slugs only: never a name, a value or a device address.
/// Readers are strict (lower-case UUIDs with dashes, slugs of <c>[a-z0-9-]</c>) and answer false to anything else.
/// </summary>
public static class Topics
{
    /// <summary>First levels of every topic: product and contract version.</summary>
    public const string Prefix = "homehub/v1/";

    /// <summary>The status of all hubs (retained).</summary>
    public const string StatusFilter = "homehub/v1/+/status";

    private const int UuidCharacters = 36;
    private const string BundleLevel = "/bundle/";
    private const string ReceiptLevel = "/receipt";
    private const string StatusLevel = "/status";

    /// <summary>Whether a string may stand as <c>{recipient}</c>: <c>[a-z0-9-]{1,32}</c>.</summary>
    /// <param name="recipient">The string to check.</param>
    /// <returns>True for a slug.</returns>
    public static bool IsRecipient(ReadOnlySpan<char> recipient) =>
        recipient.Length is > 0 and <= ContractLimits.MaxRecipientCharacters
        && !recipient.ContainsAnyExcept(Slug.Characters);

    /// <summary>Topic of one Bundle, hub to relay.</summary>
    /// <param name="hub">The hub's id.</param>
    /// <param name="recipient">A slug, see <see cref="IsRecipient"/>.</param>
    /// <param name="bundle">The Bundle's id.</param>
    /// <param name="encoding">How the payload is encoded.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The recipient is not a slug.</exception>
    public static string Bundle(Guid hub, string recipient, Guid bundle, BundleEncoding encoding) =>
        $"{Prefix}{hub:D}/{Checked(recipient)}{BundleLevel}{bundle:D}/{encoding.ToWire()}";

    /// <summary>What a relay subscribes to on MQTT 3.1.1: the Bundles of all hubs to one recipient.</summary>
    /// <param name="recipient">A slug, see <see cref="IsRecipient"/>.</param>
    /// <returns>The topic filter.</returns>
    /// <exception cref="ArgumentException">The recipient is not a slug.</exception>
    public static string BundleFilter(string recipient) => $"{Prefix}+/{Checked(recipient)}{BundleLevel}#";

    /// <summary>What a relay subscribes to on MQTT 5: the same, shared among the relays of one recipient.</summary>
    /// <param name="recipient">A slug, see <see cref="IsRecipient"/>.</param>
    /// <returns>The topic filter.</returns>
    /// <exception cref="ArgumentException">The recipient is not a slug.</exception>
    public static string SharedBundleFilter(string recipient) => "$share/homehub-relay/" + BundleFilter(recipient);

    /// <summary>Topic of the receipts for one hub and recipient, relay to hub.</summary>
    /// <param name="hub">The hub's id.</param>
    /// <param name="recipient">A slug, see <see cref="IsRecipient"/>.</param>
    /// <returns>The topic.</returns>
    /// <exception cref="ArgumentException">The recipient is not a slug.</exception>
    public static string Receipt(Guid hub, string recipient) => $"{Prefix}{hub:D}/{Checked(recipient)}{ReceiptLevel}";

    /// <summary>What a hub subscribes to: its receipts from every recipient.</summary>
    /// <param name="hub">The hub's id.</param>
    /// <returns>The topic filter.</returns>
    public static string ReceiptFilter(Guid hub) => $"{Prefix}{hub:D}/+{ReceiptLevel}";

    /// <summary>Topic of a hub's status: retained, birth message and Last Will.</summary>
    /// <param name="hub">The hub's id.</param>
    /// <returns>The topic.</returns>
    public static string Status(Guid hub) => $"{Prefix}{hub:D}{StatusLevel}";

    /// <summary>Reads a bundle topic. An unknown encoding does not fail it: see <see cref="BundleTopic.Encoding"/>.</summary>
    /// <param name="topic">The topic as received.</param>
    /// <param name="parts">Its parts, when it is one.</param>
    /// <returns>Whether it is a bundle topic.</returns>
    public static bool TryParseBundle(ReadOnlySpan<char> topic, out BundleTopic parts)
    {
        parts = default;
        if (!TryReadHub(topic, out var hub, out var rest) || rest.Length == 0 || rest[0] != '/')
        {
            return false;
        }

        rest = rest[1..];
        var slash = rest.IndexOf('/');
        if (slash < 0 || !IsRecipient(rest[..slash]))
        {
            return false;
        }

        var recipient = rest[..slash];
        rest = rest[slash..];
        if (!rest.StartsWith(BundleLevel) || rest.Length < BundleLevel.Length + UuidCharacters + 2)
        {
            return false;
        }

        rest = rest[BundleLevel.Length..];
        if (!LowerUuid.TryParse(rest[..UuidCharacters], out var bundle) || rest[UuidCharacters] != '/')
        {
            return false;
        }

        var level = rest[(UuidCharacters + 1)..];
        if (level.Contains('/'))
        {
            return false;
        }

        parts = new BundleTopic(hub, recipient.ToString(), bundle, BundleEncodings.TryParse(level, out var encoding) ? encoding : null);
        return true;
    }

    /// <summary>Reads a receipt topic.</summary>
    /// <param name="topic">The topic as received.</param>
    /// <param name="parts">Its parts, when it is one.</param>
    /// <returns>Whether it is a receipt topic.</returns>
    public static bool TryParseReceipt(ReadOnlySpan<char> topic, out ReceiptTopic parts)
    {
        parts = default;
        if (!TryReadHub(topic, out var hub, out var rest)
            || rest.Length <= ReceiptLevel.Length + 1
            || rest[0] != '/'
            || !rest.EndsWith(ReceiptLevel)
            || !IsRecipient(rest[1..^ReceiptLevel.Length]))
        {
            return false;
        }

        parts = new ReceiptTopic(hub, rest[1..^ReceiptLevel.Length].ToString());
        return true;
    }

    /// <summary>Reads a status topic.</summary>
    /// <param name="topic">The topic as received.</param>
    /// <param name="hub">The hub, when it is one.</param>
    /// <returns>Whether it is a status topic.</returns>
    public static bool TryParseStatus(ReadOnlySpan<char> topic, out Guid hub) =>
        TryReadHub(topic, out hub, out var rest) && rest.SequenceEqual(StatusLevel);

    private static bool TryReadHub(ReadOnlySpan<char> topic, out Guid hub, out ReadOnlySpan<char> rest)
    {
        rest = default;
        hub = default;
        if (!topic.StartsWith(Prefix) || topic.Length < Prefix.Length + UuidCharacters)
        {
            return false;
        }

        rest = topic[(Prefix.Length + UuidCharacters)..];
        return LowerUuid.TryParse(topic.Slice(Prefix.Length, UuidCharacters), out hub);
    }

    private static string Checked(string recipient) => IsRecipient(recipient)
        ? recipient
        : throw new ArgumentException($"A recipient is [a-z0-9-], 1 to {ContractLimits.MaxRecipientCharacters} characters.", nameof(recipient));
}
