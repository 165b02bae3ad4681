namespace HomeHub.Profiles.Catalogue;

/// <summary>What a model wants done about its clock.</summary>
public enum ClockHandling
{
    /// <summary>Set after everything was taken, when it is off by more than a tolerance.</summary>
    SetWhenOff,

    /// <summary>Set at the begin of each connection: the model sends its records only then, or only then right.</summary>
    SetBeforeSending,

    /// <summary>Never written: the model does not bear it, or takes it only in a way that the hub does not know.</summary>
    NeverSet,
}
