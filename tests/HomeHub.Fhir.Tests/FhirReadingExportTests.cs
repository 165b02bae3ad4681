using HomeHub.Core.Export;
using HomeHub.Testing.Export;

namespace HomeHub.Fhir.Tests;

public sealed class FhirReadingExportTests : ReadingExportContract
{
    protected override IReadingExport Create() => new FhirReadingExport(Samples.Encoder, Samples.Hub);
}
