namespace HomeHub.Simulation.Household;

/// <summary>A household file can't be used: says which key, and what is expected there.</summary>
public sealed class HouseholdException : Exception
{
    /// <summary>Creates the exception.</summary>
    public HouseholdException()
    {
    }

    /// <summary>Creates the exception.</summary>
    public HouseholdException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception.</summary>
    public HouseholdException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
