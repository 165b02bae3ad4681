using HomeHub.Core.Delivery;
using HomeHub.Testing.Delivery;

namespace HomeHub.Core.Tests.Delivery;

/// <summary>The double keeps to the contract, so that what is tested with it holds for the real encoder.</summary>
public sealed class EncoderDoubleTests : BundleEncoderContract
{
    protected override IBundleEncoder Create() => new EncoderDouble();
}
