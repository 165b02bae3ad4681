using HomeHub.Core.Acquisition;

namespace HomeHub.Fhir;

/// <summary>Whether a stored reading is still understood.</summary>
internal static class Decoding
{
    /// <summary>False for octets that a decoder, stricter by now, no longer takes: the caller counts and tells them.</summary>
    public static bool IsDecodable(AcquiredReading reading)
    {
        try
        {
            return reading.Reading is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
