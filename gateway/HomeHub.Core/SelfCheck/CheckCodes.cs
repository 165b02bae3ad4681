namespace HomeHub.Core.SelfCheck;

/// <summary>Outcome and reason of each check as one word, <see cref="CheckResult.Code"/>; null for a check that was not made. Two are equal when all words are.</summary>
/// <param name="Database">The files.</param>
/// <param name="Disk">The disk.</param>
/// <param name="Clock">The clock.</param>
/// <param name="Certificates">The certificates.</param>
/// <param name="Adapter">The Bluetooth adapter.</param>
public sealed record CheckCodes(string? Database, string? Disk, string? Clock, string? Certificates, string? Adapter)
{
    /// <summary>Those of a report; null where there is none.</summary>
    public static CheckCodes? Of(SelfCheckReport? report) => report is null ? null : new(
        report.Of(CheckKind.Database)?.Code, report.Of(CheckKind.Disk)?.Code, report.Of(CheckKind.Clock)?.Code, report.Of(CheckKind.Certificates)?.Code, report.Of(CheckKind.Adapter)?.Code);
}
