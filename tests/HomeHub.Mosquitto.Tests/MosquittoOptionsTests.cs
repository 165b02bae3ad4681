namespace HomeHub.Mosquitto.Tests;

public class MosquittoOptionsTests
{
    private static readonly MosquittoAddress Plain = new("127.0.0.1", 1883, false);
    private static readonly MosquittoAddress Tls = new("127.0.0.1", 8883, true);

    public static TheoryData<MosquittoOptions, string> Wrong => new()
    {
        { new() { Address = Plain, ClientId = "" }, "ClientId" },
        { new() { Address = Plain, ClientId = "a", Password = "x" }, "Password" },
        { new() { Address = Plain, ClientId = "a", KeepAlive = TimeSpan.FromSeconds(4) }, "KeepAlive" },
        { new() { Address = Plain, ClientId = "a", ConnectTimeout = TimeSpan.Zero }, "ConnectTimeout" },
        { new() { Address = Plain, ClientId = "a", MaxReconnectDelay = TimeSpan.Zero }, "MaxReconnectDelay" },
        { new() { Address = Plain, ClientId = "a", SessionExpiry = TimeSpan.FromSeconds(-1) }, "SessionExpiry" },
        { new() { Address = Plain, ClientId = "a", MaxInFlightPublishes = 0 }, "MaxInFlightPublishes" },
        { new() { Address = Plain, ClientId = "a", MaxQueuedMessages = 0 }, "MaxQueuedMessages" },
        { new() { Address = Plain, ClientId = "a", MaxPacketBytes = 1 }, "MaxPacketBytes" },
        { new() { Address = Plain, ClientId = "a", CaFile = "/dev/null" }, "CaFile" },
        { new() { Address = Tls, ClientId = "a", CertificateFile = "/dev/null" }, "CertificateFile" },
        { new() { Address = Tls, ClientId = "a", CaFile = "/nonexistent/ca.pem" }, "CaFile" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_options_are_named(MosquittoOptions options, string name)
    {
        Assert.StartsWith(name, options.Validate(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new MosquittoClient(options));
    }

    [Fact]
    public void Good_options_are_good() => Assert.Null(new MosquittoOptions { Address = Tls, ClientId = "a" }.Validate());

    [Fact]
    public void A_missing_library_names_the_debian_package()
    {
        var error = Assert.Throws<MosquittoException>(() => Native.NativeLibraryCheck.Load("libmosquitto.so.0-missing"));
        Assert.Contains("apt install libmosquitto1", error.Message, StringComparison.Ordinal);
    }
}
