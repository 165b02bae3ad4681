using System.Runtime.Versioning;
using HomeHub.CloudRelay.Store;

namespace HomeHub.CloudRelay.Tests.Store;

[UnsupportedOSPlatform("windows")]
public sealed class RelayStoreTests
{
    [Fact]
    public void A_data_folder_that_it_makes_is_for_its_owner_only()
    {
        var parent = Directory.CreateTempSubdirectory("relay-store-").FullName;
        var folder = Path.Combine(parent, "data");
        RelayStore.Open(folder, "care-team").Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Directory.Delete(parent, recursive: true);
    }

    [Fact]
    public void A_store_stays_the_recipients_who_had_it_first()
    {
        string folder = Directory.CreateTempSubdirectory("relay-store-").FullName;
        RelayStore.Open(folder, "family").Dispose();
        RelayStore.Open(folder, "family").Dispose();
        Assert.Contains("that of the relay of family", Assert.Throws<IOException>(() => RelayStore.Open(folder, "research")).Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
