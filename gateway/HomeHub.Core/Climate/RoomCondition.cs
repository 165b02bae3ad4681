namespace HomeHub.Core.Climate;

/// <summary>How it stands with the sensor of the room.</summary>
public enum RoomCondition : byte
{
    /// <summary>Nobody has looked yet, or the hub's time or the home's time zone is not known, without which nothing is read.</summary>
    Waiting,

    /// <summary>It tells.</summary>
    Ready,

    /// <summary>There is none: the board has no sensor that tells temperature and humidity both.</summary>
    None,

    /// <summary>There are several, and the configuration names none: which one stands for the room is not guessed.</summary>
    Several,

    /// <summary>The one that the configuration names is not there.</summary>
    NotThere,

    /// <summary>It is there and could not be read.</summary>
    Failed,

    /// <summary>It told what no room has, or what is no number: no value.</summary>
    NotCredible,
}
