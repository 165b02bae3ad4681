using HomeHub.Profiles;

namespace HomeHub.Core.Capture.Anonymising;

/// <summary>Values that are not in the anonymised capture.</summary>
/// <param name="Characteristic">Whose values.</param>
/// <param name="Reason">Why.</param>
/// <param name="Count">How many.</param>
public sealed record LeftOut(BluetoothUuid Characteristic, LeftOutReason Reason, int Count);
