namespace HomeHub.Core.Audit;

/// <summary>What an entry of the audit log says of what it is about. In the log by their names in kebab case, which are only ever added.</summary>
public enum AuditDetail
{
    /// <summary>Number of a reading.</summary>
    Reading,

    /// <summary>Why, as a code.</summary>
    Reason,

    /// <summary>Address of a device.</summary>
    Device,

    /// <summary>A user slot of the device.</summary>
    User,

    /// <summary>Address of the device whose place it takes.</summary>
    Replaces,

    /// <summary>Address of the device that takes its place.</summary>
    ReplacedBy,

    /// <summary>Who gets data.</summary>
    Recipient,

    /// <summary>Kind of data, as in <see cref="Consent.DataKindNames"/>.</summary>
    Kind,

    /// <summary>As what something was written out: <c>csv</c>, <c>fhir</c>, <c>summary</c>.</summary>
    Format,

    /// <summary>How many readings were erased.</summary>
    Erased,

    /// <summary>How many payloads were erased that had not been understood.</summary>
    NotUnderstood,

    /// <summary>How many readings were left, as they were on their way.</summary>
    OnTheirWay,

    /// <summary>That traces of what was erased are left, and why: <c>reader</c>, another process reads.</summary>
    Traces,

    /// <summary>How many devices became nobody's.</summary>
    Devices,

    /// <summary>Mark of the last entry before (<see cref="AuditEntry.Mark"/>).</summary>
    LogBefore,

    /// <summary>A time zone.</summary>
    Zone,

    /// <summary>Code of a language.</summary>
    Language,

    /// <summary>Name of a wireless network.</summary>
    Network,

    /// <summary>A step of the installation.</summary>
    Step,

    /// <summary>How many readings moved to another hub.</summary>
    Readings,

    /// <summary>How many of them were still to be sent.</summary>
    ToBeSent,

    /// <summary>Id of the hub whose history it was.</summary>
    FromHub,

    /// <summary>Id of the hub that took it in.</summary>
    ToHub,
}
