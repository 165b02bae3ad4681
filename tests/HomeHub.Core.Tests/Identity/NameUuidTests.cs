using System.Text;
using HomeHub.Core.Identity;

namespace HomeHub.Core.Tests.Identity;

public sealed class NameUuidTests
{
    // RFC 9562, appendix A.4: www.example.com in the DNS namespace.
    [Fact]
    public void The_example_of_the_RFC_comes_out() =>
        Assert.Equal(
            Guid.Parse("2ed6657d-e927-568b-95e1-2665a8aea6a2"),
            NameUuid.Create(Guid.Parse("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), Encoding.ASCII.GetBytes("www.example.com")));

    [Fact]
    public void Kinds_of_one_record_differ_and_are_the_same_every_time()
    {
        var record = new RecordIdentity(1, 2);
        Guid panel = NameUuid.ForObservation(HubIdentity.OfTools.Id, record, 150020);
        Assert.Equal(panel, NameUuid.ForObservation(HubIdentity.OfTools.Id, record, 150020));
        Assert.NotEqual(panel, NameUuid.ForObservation(HubIdentity.OfTools.Id, record, 149546));
        Assert.NotEqual(panel, NameUuid.ForObservation(HubIdentity.OfTools.Id, new RecordIdentity(1, 3), 150020));
        Assert.Equal('5', panel.ToString()[14]);
    }
}
