using HomeHub.Core.Identity;

namespace HomeHub.Sqlite;

/// <summary>How far an erasure has come: first readings, then what else is kept of the patient.</summary>
internal sealed class Erasure(PatientReference patient, bool withWaiting)
{
    /// <summary>Rows in a step, so that appends go on meanwhile.</summary>
    public const int StepRows = 500;

    /// <summary>Whose.</summary>
    public PatientReference Patient => patient;

    /// <summary>Whether readings that are on their way are erased too.</summary>
    public bool WithWaiting => withWaiting;

    /// <summary>The last reading that was looked at.</summary>
    public long After { get; set; }

    /// <summary>True when every reading was looked at.</summary>
    public bool HasReadings { get; set; }

    /// <summary>Readings that are gone.</summary>
    public long Erased { get; set; }

    /// <summary>Readings that are left.</summary>
    public long Left { get; set; }

    /// <summary>Payloads in quarantine that are gone.</summary>
    public long Payloads { get; set; }

    /// <summary>True when there is nothing more to do.</summary>
    public bool IsDone { get; set; }
}
