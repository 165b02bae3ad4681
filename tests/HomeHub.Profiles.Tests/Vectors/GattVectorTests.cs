namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>Every vector of a GATT characteristic is decoded as its source says, or as the ruling beside it says and why.</summary>
public class GattVectorTests
{
    /// <summary>Rows that are no GATT payload: other tests or nobody reads them.</summary>
    private static readonly Dictionary<string, string> NotGatt = new()
    {
        ["SFLOAT"] = "bare SFLOAT: MderFloatTests",
        ["FLOAT"] = "bare FLOAT: MderFloatTests",
        ["CRC"] = "checksum: E2eCrcTests",
        ["ADV-mfr"] = "manufacturer data in an advertisement: no GATT payload",
        ["EEPROM-14"] = "memory slot without its frame: OmronRecordTests",
        ["cdeacd81-vendor"] = "vendor characteristic with a 128-bit UUID",
        ["fb005c82-PMD"] = "vendor characteristic with a 128-bit UUID",
    };

    public static TheoryData<string> GattIds() => new(GattVectors.All.Where(vector => vector.IsGatt).Select(vector => vector.Id));

    [Theory]
    [MemberData(nameof(GattIds))]
    public void Decodes_as_the_source_says(string id)
    {
        GattVector vector = GattVectors.Get(id);
        CharacteristicFacts? facts = CharacteristicFacts.Find(vector.Uuid);
        DecodeResult result = ProfileRegistry.Decode(vector.Uuid, vector.Octets, facts?.ContextOf(vector) ?? SessionContext.Empty);
        if (ProfileRegistry.FindDecoder(vector.Uuid) is null)
        {
            Assert.Equal(DecodeErrorCode.UnknownCharacteristic, result.Error?.Code);
            return;
        }

        Assert.True(facts is not null, $"{vector.Characteristic} is decoded, but no CharacteristicFacts class holds it to its vectors");
        VectorRuling? ruling = facts.RulingOn(vector);
        if (ruling?.Rejected is { } code)
        {
            Assert.Equal(code, result.Error?.Code);
        }
        else if (vector.IsMalformed && ruling is null)
        {
            MustBeRejected(vector, result);
        }
        else
        {
            Assert.Null(result.Error);
            var sheet = new FactSheet();
            facts.Collect(vector, result, sheet);
            foreach ((string key, System.Text.Json.JsonElement expected) in
                ruling?.Expected is { } json ? GattVector.Parse(json) : vector.Expected)
            {
                sheet.MustHold(key, expected);
            }
        }
    }

    [Fact]
    public void Every_row_is_read_by_a_test_or_named_with_a_reason()
    {
        Assert.Equal(428, GattVectors.FromOutside.Count);
        Assert.All(GattVectors.All, vector => Assert.True(vector.IsGatt || NotGatt.ContainsKey(vector.Characteristic), vector.Id));
        Assert.All(GattVectors.All, vector => Assert.NotEqual("", vector.Source));
    }

    [Fact]
    public void Every_ruling_names_a_vector_and_a_reason()
    {
        foreach (CharacteristicFacts facts in CharacteristicFacts.Every)
        {
            Assert.All(facts.RuledIds, id =>
            {
                GattVector vector = GattVectors.Get(id);
                Assert.Equal(facts.Characteristic, vector.Uuid);
                Assert.NotEqual("", facts.RulingOn(vector)!.Why);
            });
        }
    }

    private static void MustBeRejected(GattVector vector, DecodeResult result)
    {
        Assert.True(result.Error is not null, "a malformed payload was accepted");
        Assert.NotEqual(DecodeErrorCode.UnknownCharacteristic, result.Error.Value.Code);
        Assert.Equal(vector.Uuid, result.Error.Value.Characteristic);
        Assert.NotEqual("", result.Error.Value.Field);
        Assert.InRange(result.Error.Value.Offset, 0, vector.Octets.Length);
        Assert.Empty(result.Readings);
        Assert.Null(result.Context);
    }
}
