namespace HomeHub.Core.Export;

/// <summary>In what form readings are written out.</summary>
public enum ExportFormat
{
    /// <summary>A FHIR R4 collection Bundle, JSON.</summary>
    Fhir,

    /// <summary>CSV for spreadsheets, a row a number; the columns stand in docs/command-line.md.</summary>
    Csv,
}
