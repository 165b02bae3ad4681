using HomeHub.Core.Delivery;
using HomeHub.Testing.Delivery;

namespace HomeHub.Fhir.Tests;

public sealed class FhirEncoderContractTests : BundleEncoderContract
{
    protected override IBundleEncoder Create() => new FhirEncoder("0.1.0");
}
