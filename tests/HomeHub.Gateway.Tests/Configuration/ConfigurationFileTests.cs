using System.Text;
using System.Text.RegularExpressions;
using HomeHub.Core.Board;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Configuration;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Tests.Configuration;

public partial class ConfigurationFileTests
{
    [Fact]
    public void An_empty_file_gives_the_defaults() => Assert.Equal(new HubConfiguration(), Parse("{}"));

    [Fact]
    public void Every_key_is_read()
    {
        HubConfiguration configuration = Parse("""
            {
              // comments are allowed
              "data": "data",
              "broker": { "url": "mqtts://b", "caFile": "ca.pem", "certificateFile": "/x/c.pem", "keyFile": "k.pem", "username": "u", "passwordFile": "p" },
              "upload": { "streamIntervalSeconds": 5, "batteryChangePoints": 2, "batteryIntervalHours": 3, "invalid": true, "testMode": true, "intermediate": true },
              "catalogue": { "folder": "models" },
              "buffer": { "maxSizeMiB": 7, "historyDays": 8 },
              "bundle": { "maxReadings": 9, "maxWaitMilliseconds": 10 },
              "log": { "level": "warning", "format": "json" },
              "telemetry": { "endpoint": "http://127.0.0.1:4317" },
            }
            """);
        Assert.Equal("/etc/homehub/data", configuration.Data);
        Assert.Equal(
            new BrokerConfiguration
            {
                Url = "mqtts://b", CaFile = "/etc/homehub/ca.pem", CertificateFile = "/x/c.pem", KeyFile = "/etc/homehub/k.pem", Username = "u",
                PasswordFile = "/etc/homehub/p",
            },
            configuration.Broker);
        Assert.Equal((5, 2m, 3), (configuration.Upload.StreamInterval.TotalSeconds, configuration.Upload.ChangePoints, configuration.Upload.ChangeInterval.TotalHours));
        Assert.Equal((true, true, true), (configuration.Upload.SendInvalid, configuration.Upload.SendTestData, configuration.Upload.SendIntermediate));
        Assert.Equal("/etc/homehub/models", configuration.CatalogueFolder);
        Assert.Equal((7, 8), (configuration.BufferMaxSizeMiB, configuration.BufferHistoryDays));
        Assert.Equal((9, 10), (configuration.Delivery.MaxReadings, configuration.Delivery.MaxWait.TotalMilliseconds));
        Assert.Equal((LogLevel.Warning, true), (configuration.LogLevel, configuration.LogJson));
        Assert.Equal(new Uri("http://127.0.0.1:4317"), configuration.TelemetryEndpoint);
    }

    [Fact]
    public void A_sensor_of_the_room_is_looked_for_unless_it_is_off()
    {
        Assert.Equal((true, null, 15, "/sys/bus/iio/devices"), Of(Parse("{}").Room));
        Assert.Equal((true, null, 15, "/sys/bus/iio/devices"), Of(Parse("""{"room":{"sensor":"auto"}}""").Room));
        Assert.Equal((true, "bedroom", 1440, "/etc/homehub/iio"), Of(Parse("""{"room":{"sensor":"bedroom","minutes":1440,"folder":"iio"}}""").Room));
        Assert.False(Parse("""{"room":{"sensor":"off"}}""").Room.IsEnabled);

        static (bool, string?, int, string) Of(RoomConfiguration room) => (room.IsEnabled, room.Sensor, room.Minutes, room.Folder);
    }

    [Fact]
    public void Pages_are_off_unless_an_address_is_named()
    {
        Assert.Null(Parse("{}").Pages.Url);
        PagesConfiguration pages = Parse("""{"pages":{"url":"https://0.0.0.0:8443","redirectFrom":0,"names":["hub.example"],"emergencyNumber":"+47 113","ownNetwork":"never"}}""").Pages;
        Assert.Equal((false, true), (pages.HasOwnNetwork, Parse("{}").Pages.HasOwnNetwork));
        Assert.Equal("+47 113", pages.EmergencyNumber);
        Assert.Equal(("https://0.0.0.0:8443", 0, "hub.example"), (pages.Url, pages.RedirectFrom, Assert.Single(pages.Names)));
    }

    [Fact]
    public void Parts_of_the_board_are_looked_for_unless_it_is_said_where_they_are()
    {
        BoardConfiguration none = Parse("{}").Board;
        Assert.Equal((BoardPlace.Auto, BoardPlace.Auto, BoardPlace.Auto), (none.Light, none.Buzzer, none.Button));
        BoardConfiguration board = Parse("""{"board":{"light":"led:homehub:status","buzzer":"off","button":"gpio:/dev/gpiochip0:27,active-low,pull-up"}}""").Board;
        Assert.Equal(("led:homehub:status", "off", "gpio:/dev/gpiochip0:27,active-low,pull-up"), (board.Light.ToString(), board.Buzzer.ToString(), board.Button.ToString()));
    }

    [Theory]
    [InlineData("https://0.0.0.0:8443", "0.0.0.0:8443")]
    [InlineData("https://[::]:8443/", "[::]:8443")]
    [InlineData("https://localhost", "127.0.0.1:443")]
    [InlineData("http://0.0.0.0:8443", null)]
    [InlineData("https://homehub.local:8443", null)]
    [InlineData("https://0.0.0.0:8443/pages", null)]
    [InlineData("8443", null)]
    public void Pages_are_served_at_an_address_of_the_machine_and_over_tls(string url, string? endPoint) => Assert.Equal(endPoint, PagesConfiguration.ReadUrl(url)?.ToString());

    [Fact]
    public void The_homes_time_zone_is_named_or_said_to_be_that_of_the_computer()
    {
        HubConfiguration named = ConfigurationFile.Parse("""{"timeZone":"Europe/Madrid","clock":{"trust":"always"}}"""u8.ToArray(), "/");
        Assert.Equal(("Europe/Madrid", true), (named.TimeZone!.Id, named.TrustsClock));
        Assert.Equal(TimeZoneInfo.Local, ConfigurationFile.Parse("""{"timeZone":"system"}"""u8.ToArray(), "/").TimeZone);
        HubConfiguration none = ConfigurationFile.Parse("{}"u8.ToArray(), "/");
        Assert.Equal((null, false), (none.TimeZone, none.TrustsClock));
    }

    [Theory]
    [InlineData("""{"dta":"x"}""", "dta")]
    [InlineData("""{"broker":{"uri":"x"}}""", "broker.uri")]
    [InlineData("""{"pages":{"url":"http://0.0.0.0:8443"}}""", "pages.url")]
    [InlineData("""{"pages":{"redirectFrom":70000}}""", "pages.redirectFrom")]
    [InlineData("""{"pages":{"names":"hub.example"}}""", "pages.names")]
    [InlineData("""{"pages":{"names":[""]}}""", "pages.names")]
    [InlineData("""{"pages":{"port":1}}""", "pages.port")]
    [InlineData("""{"pages":{"ownNetwork":"always"}}""", "pages.ownNetwork")]
    [InlineData("""{"room":{"minutes":0}}""", "room.minutes")]
    [InlineData("""{"room":{"minutes":1441}}""", "room.minutes")]
    [InlineData("""{"room":{"sensor":""}}""", "room.sensor")]
    [InlineData("""{"room":{"seconds":5}}""", "room.seconds")]
    [InlineData("""{"pages":{"emergencyNumber":"call us"}}""", "pages.emergencyNumber")]
    [InlineData("""{"pages":{"emergencyNumber":"112 "}}""", "pages.emergencyNumber")]
    [InlineData("""{"board":{"light":"on"}}""", "board.light")]
    [InlineData("""{"board":{"light":"input:lamp"}}""", "board.light")]
    [InlineData("""{"board":{"buzzer":"led:lamp"}}""", "board.buzzer")]
    [InlineData("""{"board":{"button":"gpio:/dev/gpiochip0"}}""", "board.button")]
    [InlineData("""{"board":{"button":true}}""", "board.button")]
    [InlineData("""{"board":{"fan":"gpio:FAN"}}""", "board.fan")]
    [InlineData("""{"broker":"mqtt://x"}""", "broker")]
    [InlineData("""{"data":7}""", "data")]
    [InlineData("""{"timeZone":"Europe/Nowhere"}""", "timeZone")]
    [InlineData("""{"clock":{"trust":"maybe"}}""", "clock.trust")]
    [InlineData("""{"buffer":{"maxSizeMiB":0}}""", "buffer.maxSizeMiB")]
    [InlineData("""{"buffer":{"historyDays":1.5}}""", "buffer.historyDays")]
    [InlineData("""{"upload":{"testMode":"yes"}}""", "upload.testMode")]
    [InlineData("""{"bundle":{"maxReadings":501}}""", "bundle.maxReadings")]
    [InlineData("""{"log":{"level":"loud"}}""", "log.level")]
    [InlineData("""{"telemetry":{"endpoint":"collector"}}""", "telemetry.endpoint")]
    [InlineData("""{"bluetooth":{"maxConnections":0}}""", "bluetooth.maxConnections")]
    [InlineData("""{"catalogue":{"folders":"x"}}""", "catalogue.folders")]
    [InlineData("[]", "--config")]
    [InlineData("{", "--config")]
    public void What_can_not_be_used_is_named(string json, string named) =>
        Assert.Contains(named, Assert.Throws<UsageException>(() => Parse(json)).Message, StringComparison.Ordinal);

    /// <summary>Each key of the documentation is taken: its value is refused, or used, but it is never unknown.</summary>
    [Fact]
    public void The_documentation_lists_keys_that_exist()
    {
        string[] keys = [.. Documented().Matches(File.ReadAllText(Path.Combine(FindRepository(), "docs/configuration.md")))
            .SelectMany(row => row.Groups["key"].Captures.Select(key => key.Value))];
        Assert.True(keys.Length >= 19, "The table was not found.");
        foreach (string key in keys)
        {
            string[] parts = key.Split('.');
            string json = parts.Length == 1 ? $"{{\"{key}\":null}}" : $"{{\"{parts[0]}\":{{\"{parts[1]}\":null}}}}";
            Assert.Equal(new HubConfiguration(), Parse(json));
        }
    }

    private static HubConfiguration Parse(string json) => ConfigurationFile.Parse(Encoding.UTF8.GetBytes(json), "/etc/homehub");

    private static string FindRepository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new DirectoryNotFoundException("HomeHub.sln was not found above the test's folder.");
    }

    [GeneratedRegex(@"^\| `(?<key>(?:data|broker|upload|buffer|bundle|log|telemetry)[\w.]*)`(?:, `(?<key>[\w.]+)`)* \|", RegexOptions.Multiline)]
    private static partial Regex Documented();
}
