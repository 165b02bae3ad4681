namespace HomeHub.Profiles.Tests.Decoding;

public sealed class BluetoothUuidTests
{
    [Theory]
    [InlineData("180d", (ushort)0x180D, "180D")]
    [InlineData("0x2A35", (ushort)0x2A35, "2A35")]
    [InlineData("00001810-0000-1000-8000-00805f9b34fb", (ushort)0x1810, "1810")]
    [InlineData("00001523-1212-efde-1523-785feabcd123", null, "00001523-1212-efde-1523-785feabcd123")]
    [InlineData("12341810-0000-1000-8000-00805f9b34fb", null, "12341810-0000-1000-8000-00805f9b34fb")]
    public void Is_read_short_and_long(string text, ushort? value, string shown)
    {
        Assert.True(BluetoothUuid.TryParse(text, out BluetoothUuid uuid));
        Assert.Equal(value, uuid.Short);
        Assert.Equal(shown, uuid.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("180")]
    [InlineData("18 0")]
    [InlineData("0x")]
    [InlineData("0000180d00001000800000805f9b34fb")]
    public void Anything_else_is_refused(string? text) => Assert.False(BluetoothUuid.TryParse(text, out _));

    [Fact]
    public void Written_and_read_again_it_is_the_same()
    {
        BluetoothUuid uuid = BluetoothUuid.Parse("00001523-1212-efde-1523-785feabcd123");
        byte[] octets = new byte[BluetoothUuid.LengthBytes];
        uuid.Write(octets);
        Assert.Equal("000015231212EFDE1523785FEABCD123", Convert.ToHexString(octets));
        Assert.Equal(uuid, BluetoothUuid.Read(octets));
        Assert.Throws<FormatException>(() => BluetoothUuid.Parse("1523-1212"));
    }

    [Fact]
    public void Any_16_bits_are_the_number_on_the_Bluetooth_base()
    {
        for (int value = 0; value <= ushort.MaxValue; value++)
        {
            BluetoothUuid uuid = (ushort)value;
            Assert.Equal((ushort)value, uuid.Short);
        }
    }
}
