using System.Text.Json;
using System.Text.Unicode;
using HomeHub.Contract;

namespace HomeHub.CloudRelay.Bundles;

/// <summary>
/// Checks a Bundle in one pass over its JSON, without building a document: JSON, FHIR transaction Bundle, each entry a conditional create of a
/// resource that the relay stores, or the conditional update by which an Observation is taken back or a Consent changes. A second pass over what is good so far finds names that stand
/// twice. What needs the store (references to what was sent earlier, enrolment) is checked by the store's writer.
/// Not for use by several threads at once.
/// </summary>
internal sealed class BundleReader
{
    private const int MaxDepth = 32;
    private const int MaxTextBytes = 1024;

    private readonly ResourceReader _resources = new();
    private readonly UniqueNames _names = new();
    private readonly byte[] _scratch = new byte[MaxTextBytes];
    private Guid _expectedBundle;

    [Flags]
    private enum Member
    {
        None = 0,
        FullUrl = 1,
        Resource = 2,
        Post = 4,
        Url = 8,
        IfNoneExist = 16,
        Put = 32,
        Condition = 64,
        Create = FullUrl | Resource | Post | Url | IfNoneExist,
        Update = FullUrl | Resource | Put | Url | Condition,
    }

    /// <summary>Reads and checks a Bundle.</summary>
    /// <param name="json">UTF-8 JSON, at most <see cref="ContractLimits.MaxBundleBytes"/>.</param>
    /// <param name="expectedBundle">The Bundle id of the topic.</param>
    /// <param name="bundle">Takes the content; when the Bundle is refused, as much as could be read, and the bad entries.</param>
    /// <returns>Null when the Bundle can go to the store.</returns>
    public ReasonCode? Read(ReadOnlySpan<byte> json, Guid expectedBundle, ParsedBundle bundle)
    {
        bundle.Clear();
        _expectedBundle = expectedBundle;
        if (json.Length > ContractLimits.MaxBundleBytes)
        {
            return ReasonCode.TooLarge;
        }

        // The reader below checks the encoding of a text only when the text is asked for; what is stored is served later as it came in.
        if (!Utf8.IsValid(json))
        {
            return ReasonCode.NotJson;
        }

        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            return ReadBundle(ref reader, json, bundle) ?? (_names.Hold(json, MaxDepth) ? null : ReasonCode.NotFhir);
        }
        catch (JsonException)
        {
            bundle.Bad.Clear();
            return ReasonCode.NotJson;
        }
    }

    private ReasonCode? ReadBundle(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParsedBundle bundle)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return reader.Read() ? ReasonCode.NotJson : ReasonCode.NotFhir;
        }

        var (isBundle, isTransaction, idMatches, tooMany) = (false, false, true, false);
        while (JsonScan.NextProperty(ref reader))
        {
            if (reader.ValueTextEquals("resourceType"u8))
            {
                reader.Read();
                isBundle = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("Bundle"u8);
            }
            else if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isTransaction = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("transaction"u8);
            }
            else if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                idMatches = JsonScan.TryText(ref reader, _scratch, out var id)
                    && ResourceKey.TryParseUuid(id, out var key) && key.ToGuid() == _expectedBundle;
            }
            else if (reader.ValueTextEquals("entry"u8))
            {
                reader.Read();
                tooMany |= !ReadEntries(ref reader, json, bundle);
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        reader.Read();
        return !isBundle ? ReasonCode.NotFhir
            : !isTransaction ? ReasonCode.NotATransaction
            : tooMany ? ReasonCode.TooLarge
            : bundle.Entries.Count == 0 ? ReasonCode.EmptyBundle
            : !idMatches ? ReasonCode.BundleMismatch
            : bundle.Bad.Count > 0 ? bundle.Bad[0].Reason
            : null;
    }

    /// <summary>False when there are more entries than allowed; the rest is then only passed over.</summary>
    private bool ReadEntries(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParsedBundle bundle)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return true;
        }

        var fits = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            fits &= bundle.Entries.Count < ContractLimits.MaxEntries;
            if (fits)
            {
                ReadEntry(ref reader, json, bundle);
            }
            else
            {
                reader.Skip();
            }
        }

        return fits;
    }

    private void ReadEntry(ref Utf8JsonReader reader, ReadOnlySpan<byte> json, ParsedBundle bundle)
    {
        var index = bundle.Entries.Count;
        var firstIdentifier = bundle.Identifiers.Count;
        var entry = default(BundleEntry);
        var (members, requested) = (Member.None, ResourceKind.None);
        ReasonCode? reason = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
        }
        else
        {
            while (JsonScan.NextProperty(ref reader))
            {
                if (reader.ValueTextEquals("fullUrl"u8))
                {
                    reader.Read();
                    entry.HasUuid = JsonScan.TryText(ref reader, _scratch, out var url) && ResourceKey.TryParseUrn(url, out entry.Uuid);
                    members |= entry.HasUuid ? Member.FullUrl : Member.None;
                }
                else if (reader.ValueTextEquals("resource"u8))
                {
                    reader.Read();
                    if (reader.TokenType == JsonTokenType.StartObject)
                    {
                        reason = members.HasFlag(Member.Resource) ? ReasonCode.InvalidEntry : null;
                        reason = _resources.Read(ref reader, json, bundle, index, ref entry) ?? reason;
                        members |= Member.Resource;
                    }
                }
                else if (reader.ValueTextEquals("request"u8))
                {
                    reader.Read();
                    entry.RequestOffset = (int)reader.TokenStartIndex;
                    members |= ReadRequest(ref reader, ref entry, out requested);
                    entry.RequestLength = (int)reader.BytesConsumed - entry.RequestOffset;
                }
                else
                {
                    reader.Read();
                }

                reader.Skip();
            }
        }

        entry.IsUpdate = members == Member.Update;
        bundle.HasUpdates |= entry.IsUpdate;
        bundle.Entries.Add(entry);
        reason ??= Judge(entry, members, requested, bundle, index, firstIdentifier);
        if (reason is { } why)
        {
            bundle.Bad.Add((index, why));
        }
    }

    private static ReasonCode? Judge(
        in BundleEntry entry, Member members, ResourceKind requested, ParsedBundle bundle, int index, int firstIdentifier)
    {
        if (members == (Member.Create & ~Member.IfNoneExist) || members == (Member.Update & ~Member.Condition))
        {
            return ReasonCode.MissingIdentifier;
        }

        if (members == Member.Update && entry.Kind != ResourceKind.Consent && !(entry.Kind == ResourceKind.Observation && entry.IsEnteredInError))
        {
            return ReasonCode.UpdateNotPermitted;
        }

        if ((members != Member.Create && members != Member.Update) || requested != entry.Kind || !bundle.ByUuid.TryAdd(entry.Uuid, index))
        {
            return ReasonCode.InvalidEntry;
        }

        for (var i = firstIdentifier; i < bundle.Identifiers.Count; i++)
        {
            if (bundle.Identifiers[i].Key == entry.Identity)
            {
                return null;
            }
        }

        // What it asks to be unique by is not what it is called.
        return ReasonCode.MissingIdentifier;
    }

    private Member ReadRequest(ref Utf8JsonReader reader, ref BundleEntry entry, out ResourceKind kind)
    {
        kind = ResourceKind.None;
        var members = Member.None;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return members;
        }

        while (JsonScan.NextProperty(ref reader))
        {
            var isMethod = reader.ValueTextEquals("method"u8);
            var isUrl = reader.ValueTextEquals("url"u8);
            var isCondition = reader.ValueTextEquals("ifNoneExist"u8);
            reader.Read();
            if (JsonScan.TryText(ref reader, _scratch, out var text))
            {
                if (isMethod && text.SequenceEqual("POST"u8))
                {
                    members |= Member.Post;
                }
                else if (isMethod && text.SequenceEqual("PUT"u8))
                {
                    members |= Member.Put;
                }
                else if (isUrl)
                {
                    members |= ReadUrl(text, ref entry, out kind);
                }
                else if (isCondition && ConditionalCreate.TryParse(text, out entry.Identity))
                {
                    members |= Member.IfNoneExist;
                }
            }

            reader.Skip();
        }

        return members;
    }

    /// <summary>Reads <c>Observation</c>, where something is created, or <c>Observation?identifier=…</c>, what is updated.</summary>
    private static Member ReadUrl(ReadOnlySpan<byte> url, ref BundleEntry entry, out ResourceKind kind)
    {
        var query = url.IndexOf((byte)'?');
        kind = ResourceKinds.Parse(query < 0 ? url : url[..query]);
        return (kind == ResourceKind.None ? Member.None : Member.Url)
            | (query >= 0 && ConditionalCreate.TryParse(url[(query + 1)..], out entry.Identity) ? Member.Condition : Member.None);
    }
}
