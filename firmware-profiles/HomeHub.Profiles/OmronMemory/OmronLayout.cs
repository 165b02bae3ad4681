namespace HomeHub.Profiles.OmronMemory;

/// <summary>How a monitor lays out a record. Both begin with eight octets of the same fields.</summary>
public enum OmronLayout
{
    /// <summary>Systolic, diastolic, pulse, year, then two little-endian words.</summary>
    LittleEndian,

    /// <summary>Diastolic, systolic, year, pulse, then two big-endian words.</summary>
    BigEndian,
}
