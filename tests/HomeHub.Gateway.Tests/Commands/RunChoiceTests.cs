using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;

namespace HomeHub.Gateway.Tests.Commands;

public sealed class RunChoiceTests
{
    private static readonly HubConfiguration Site = ConfigurationFile.Parse(
        """
        {
          "data": "/var/lib/homehub",
          "broker": { "url": "mqtts://broker.example:8883", "username": "hub" },
          "bluetooth": { "enabled": true, "adapter": "hci1", "maxConnections": 3 }
        }
        """u8.ToArray(),
        "/etc/homehub");

    [Fact]
    public void What_the_command_line_does_not_name_stays_as_the_file_says() =>
        Assert.Equal(Site, RunCommand.Choose(Site, null, null, bluetooth: false, null));

    [Fact]
    public void What_it_names_counts_and_the_rest_of_the_section_stays()
    {
        HubConfiguration chosen = RunCommand.Choose(Site, "/data", "mqtt://127.0.0.1:1883", bluetooth: true, "hci0");
        Assert.Equal(("/data", "mqtt://127.0.0.1:1883", "hub"), (chosen.Data, chosen.Broker.Url, chosen.Broker.Username));
        Assert.Equal("https://0.0.0.0:8443", RunCommand.Choose(Site, null, null, bluetooth: false, null, pages: "https://0.0.0.0:8443").Pages.Url);
        Assert.Contains("--pages", Assert.Throws<UsageException>(() => RunCommand.Choose(Site, null, null, bluetooth: false, null, pages: "http://0.0.0.0:80")).Message, StringComparison.Ordinal);
        Assert.Equal(Site.Bluetooth with { Adapter = "hci0" }, chosen.Bluetooth);
    }
}
