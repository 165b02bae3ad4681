using HomeHub.Core.Delivery;
using HomeHub.Core.Network;
using HomeHub.Testing.Network;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

/// <summary>The double that the pages are tested with tells as the hub does.</summary>
public sealed class ConnectionFactsDoubleTests : ConnectionFactsContract
{
    protected override IConnectionFacts Create(UplinkFault? fault)
    {
        var facts = new ConnectionFactsDouble(PagesBench.Start);
        facts.Now = facts.Now with { Fault = fault };
        return facts;
    }
}
