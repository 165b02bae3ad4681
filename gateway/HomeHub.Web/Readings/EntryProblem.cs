namespace HomeHub.Web.Readings;

/// <summary>Why an entry was not taken.</summary>
public enum EntryProblem
{
    /// <summary>Nobody was chosen.</summary>
    NoPerson,

    /// <summary>A number or the time is none.</summary>
    NotReadable,

    /// <summary>The home's clock showed that time twice, and it was not said which is meant.</summary>
    TimeTwice,

    /// <summary>The home's clock skipped that time.</summary>
    NoSuchTime,

    /// <summary>It can't be right: a value, a unit or a time that no living person and no home device has.</summary>
    NotRight,

    /// <summary>Who enters it was not told, or at too great length.</summary>
    By,

    /// <summary>The same reading is here already.</summary>
    KnownBefore,

    /// <summary>The same reading was entered before, and taken back.</summary>
    TakenBackBefore,

    /// <summary>The hub is full of readings that nobody has receipted.</summary>
    Full,
}
