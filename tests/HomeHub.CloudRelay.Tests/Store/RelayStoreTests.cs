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
        RelayStore.Open(folder).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        Directory.Delete(parent, recursive: true);
    }
}
