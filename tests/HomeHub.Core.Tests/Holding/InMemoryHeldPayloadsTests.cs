using HomeHub.Core.Holding;
using HomeHub.Testing.Holding;

namespace HomeHub.Core.Tests.Holding;

public sealed class InMemoryHeldPayloadsTests : HeldPayloadsContract
{
    protected override IHeldPayloads Held { get; } = new InMemoryHeldPayloads();
}
