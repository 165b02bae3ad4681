using HomeHub.Core.Export;
using HomeHub.Testing.Export;

namespace HomeHub.Core.Tests.Export;

/// <summary>The double keeps the contract, so tests above the port may trust it.</summary>
public sealed class ReadingExportDoubleTests : ReadingExportContract
{
    protected override IReadingExport Create() => new ReadingExportDouble();
}
