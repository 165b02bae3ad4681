using System.Text;
using HomeHub.Simulation.Household;

namespace HomeHub.Simulation.Tests;

public class HouseholdFileTests
{
    private const string Device =
        """{"kind":"oximeter","patient":"Patient/p1","address":"C0:FF:EE:00:00:01"}""";

    [Fact]
    public void The_demo_household_has_two_patients_and_a_device_of_every_kind()
    {
        HouseholdDescription demo = HouseholdFile.Read("demo");
        Assert.Equal(2, demo.Devices.Select(device => device.Patient).Distinct().Count());
        Assert.Equal(Enum.GetValues<DeviceKind>(), demo.Devices.Select(device => device.Kind).Order());
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        HouseholdDescription household = Parse($$"""{"devices":[{{Device}}]}""");
        DeviceDescription device = Assert.Single(household.Devices);
        Assert.Equal((1, 0d, null), (household.Seed, household.Speed, household.StartsAt));
        Assert.Equal((1, 1, 0), (device.Connections, device.ReadingsPerConnection, device.ClockOffsetSeconds));
    }

    [Theory]
    [InlineData("""{"devices":[]}""", "devices")]
    [InlineData("""{"devices":[DEVICE],"sped":1}""", "sped")]
    [InlineData("""{"devices":[DEVICE],"speed":-1}""", "speed")]
    [InlineData("""{"devices":[DEVICE,DEVICE]}""", "devices[1].address")]
    [InlineData("""{"devices":[{"kind":"toaster","patient":"Patient/p1","address":"C0:FF:EE:00:00:01"}]}""", "devices[0].kind")]
    [InlineData("""{"devices":[{"kind":"scale","patient":"p1","address":"C0:FF:EE:00:00:01"}]}""", "devices[0].patient")]
    [InlineData("""{"devices":[{"kind":"scale","patient":"Patient/p1","address":"C0:FF:EE:00:00"}]}""", "devices[0].address")]
    [InlineData("""{"devices":[{"kind":"scale","patient":"Patient/p1","address":"C0:FF:EE:00:00:01","systemId":"12"}]}""", "devices[0].systemId")]
    [InlineData("""{"devices":[{"kind":"scale","patient":"Patient/p1","address":"C0:FF:EE:00:00:01","everyMinutes":0}]}""", "devices[0].everyMinutes")]
    [InlineData("""{"devices":[{"kind":"scale","patient":"Patient/p1","address":"C0:FF:EE:00:00:01","connections":0}]}""", "devices[0].connections")]
    [InlineData("not json", "not as docs/simulation.md says")]
    [InlineData("null", "empty")]
    public void What_can_not_be_used_is_named(string json, string named)
    {
        HouseholdException error = Assert.Throws<HouseholdException>(() => Parse(json.Replace("DEVICE", Device, StringComparison.Ordinal)));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains("/no/such/file", Assert.Throws<HouseholdException>(() => HouseholdFile.Read("/no/such/file")).Message, StringComparison.Ordinal);

    private static HouseholdDescription Parse(string json) => HouseholdFile.Parse(new MemoryStream(Encoding.UTF8.GetBytes(json)));
}
