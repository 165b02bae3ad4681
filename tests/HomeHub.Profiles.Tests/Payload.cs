namespace HomeHub.Profiles.Tests;

/// <summary>Decodes payloads written as hex, blanks allowed, through the registry as the gateway does.</summary>
internal static class Payload
{
    public static byte[] Octets(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    public static DecodeResult Decode(BluetoothUuid characteristic, string hex, SessionContext? context = null) =>
        ProfileRegistry.Decode(characteristic, Octets(hex), context ?? SessionContext.Empty);

    public static Reading Reading(BluetoothUuid characteristic, string hex, SessionContext? context = null)
    {
        DecodeResult result = Decode(characteristic, hex, context);
        Assert.Null(result.Error);
        return Assert.Single(result.Readings);
    }

    public static void MustBeRejected(
        BluetoothUuid characteristic, string hex, DecodeErrorCode code, string field, int offset, SessionContext? context = null)
    {
        DecodeResult result = Decode(characteristic, hex, context);
        Assert.Equal(new DecodeError(code, characteristic, field, offset), result.Error);
        Assert.Empty(result.Readings);
        Assert.Null(result.Context);
    }

    /// <summary>Every shorter payload is cut short where its last octet should have been or before; one octet more is left over.</summary>
    public static void MustBeWholeOnlyAsItIs(BluetoothUuid characteristic, string hex, SessionContext? context = null)
    {
        byte[] whole = Octets(hex);
        for (int length = 0; length < whole.Length; length++)
        {
            DecodeResult cut = ProfileRegistry.Decode(characteristic, whole.AsSpan(0, length), context ?? SessionContext.Empty);
            Assert.Equal(DecodeErrorCode.Truncated, cut.Error?.Code);
            Assert.InRange(cut.Error!.Value.Offset, 0, length);
            Assert.NotEqual("", cut.Error.Value.Field);
        }

        MustBeRejected(characteristic, hex + "00", DecodeErrorCode.TrailingOctets, "end of payload", whole.Length, context);
    }
}
