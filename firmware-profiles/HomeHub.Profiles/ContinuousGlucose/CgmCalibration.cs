using HomeHub.Profiles.Wire;

namespace HomeHub.Profiles.ContinuousGlucose;

/// <summary>A calibration of a sensor (CGM Service 1.0.2, 3.8; ten octets).</summary>
/// <param name="Concentration">Glucose Concentration of Calibration in mg/dL.</param>
/// <param name="TimeOffset">Calibration Time in minutes since the session's start.</param>
/// <param name="TypeAndLocation">Type (low nibble) and Sample Location (high nibble).</param>
/// <param name="NextTimeOffset">Next Calibration Time in minutes since the session's start; 0: at once.</param>
/// <param name="RecordNumber">Calibration Data Record Number.</param>
/// <param name="Status">Calibration Status: bit 0 rejected, bit 1 out of range, bit 2 pending; the others are reserved.</param>
public readonly record struct CgmCalibration(
    MderFloat Concentration, ushort TimeOffset, byte TypeAndLocation, ushort NextTimeOffset, ushort RecordNumber, byte Status)
{
    /// <summary>Record Number by which the most recent calibration is asked for.</summary>
    public const ushort MostRecent = 0xFFFF;

    internal static CgmCalibration Read(ref WireReader reader) => new(
        reader.SFloat("Glucose Concentration of Calibration"),
        reader.UInt16("Calibration Time"),
        reader.UInt8("Calibration Type-Sample Location"),
        reader.UInt16("Next Calibration Time"),
        reader.UInt16("Calibration Data Record Number"),
        reader.UInt8("Calibration Status"));
}
