using System.Text.Json;
using HomeHub.CloudRelay.Bundles;

namespace HomeHub.CloudRelay.Tests.Bundles;

public sealed class BundleReaderTests
{
    [Fact]
    public void Samples_are_json()
    {
        var sample = new SampleBundle().WithDevices().WithBloodPressure(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        using var document = JsonDocument.Parse(sample.Json());
        var parsed = new ParsedBundle();
        Assert.Null(new BundleReader().Read(sample.Bytes(), sample.Id, parsed));
    }
}
