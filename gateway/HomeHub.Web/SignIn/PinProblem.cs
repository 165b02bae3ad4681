namespace HomeHub.Web.SignIn;

/// <summary>What is wrong with a PIN that somebody chose or gave.</summary>
public enum PinProblem
{
    /// <summary>Too few digits, too many, or something else than digits.</summary>
    Length,

    /// <summary>Typed twice, and not the same.</summary>
    Different,

    /// <summary>One digit again and again, or digits in a row.</summary>
    TooEasy,

    /// <summary>The old PIN, asked for before the new one, was not right.</summary>
    OldWrong,
}
