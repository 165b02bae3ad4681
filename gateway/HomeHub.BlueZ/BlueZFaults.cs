using System.Globalization;
using HomeHub.Core.Peripherals;
using HomeHub.DBus;

namespace HomeHub.BlueZ;

/// <summary>From what BlueZ answers to what it means for a peripheral. BlueZ tells much only in words, so the words are looked at too.</summary>
internal static class BlueZFaults
{
    private const string AttErrorWords = "ATT error: 0x";

    /// <summary>The fault, with what was being done in words.</summary>
    public static PeripheralException Map(DBusException error, string doing)
    {
        byte? att = AttError(error);
        PeripheralFault fault = att is { } code ? AttErrors.ToFault(code) : OfName(error);
        return new PeripheralException(fault, $"{doing}: {Words(fault)} ({error.Name}: {error.Message})", error) { AttError = att };
    }

    private static byte? AttError(DBusException error)
    {
        int at = error.Message.IndexOf(AttErrorWords, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> digits = error.Message.AsSpan(at + AttErrorWords.Length);
        digits = digits[..Math.Min(2, digits.Length)];
        return byte.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte code) ? code : null;
    }

    private static PeripheralFault OfName(DBusException error) => error.Name switch
    {
        DBusErrors.Disconnected or DBusErrors.ServiceUnknown or DBusErrors.NameHasNoOwner or DBusErrors.AccessDenied => PeripheralFault.NoRadio,
        DBusErrors.NoReply or DBusErrors.Timeout => PeripheralFault.TimedOut,
        // Objects of a peripheral vanish when its services changed or it was removed.
        DBusErrors.UnknownObject or DBusErrors.UnknownInterface or DBusErrors.UnknownMethod => PeripheralFault.StaleServices,
        _ when error.Name.StartsWith(BlueZNames.ErrorPrefix, StringComparison.Ordinal) => OfBlueZ(error),
        _ => PeripheralFault.Failed,
    };

    private static PeripheralFault OfBlueZ(DBusException error) => error.Name[BlueZNames.ErrorPrefix.Length..] switch
    {
        "NotPermitted" => error.Message.Contains("Not paired", StringComparison.OrdinalIgnoreCase)
            ? PeripheralFault.InsufficientSecurity : PeripheralFault.NotPermitted,
        "NotPaired" => PeripheralFault.InsufficientSecurity,
        "NotAuthorized" => PeripheralFault.NotPermitted,
        "InProgress" => PeripheralFault.InProgress,
        "NotConnected" => PeripheralFault.Disconnected,
        "NotReady" or "NoSuchAdapter" or "Blocked" => PeripheralFault.NoRadio,
        "DoesNotExist" => PeripheralFault.NotReachable,
        "ConnectionAttemptFailed" => PeripheralFault.NotReachable,
        "AuthenticationFailed" or "AuthenticationRejected" or "AuthenticationCanceled" or "Rejected" or "Canceled" => PeripheralFault.PairingRejected,
        "AuthenticationTimeout" => PeripheralFault.TimedOut,
        "Failed" => OfWords(error.Message),
        _ => PeripheralFault.Failed,
    };

    private static PeripheralFault OfWords(string message)
    {
        bool Says(string words) => message.Contains(words, StringComparison.OrdinalIgnoreCase);
        return message switch
        {
            _ when Says("adapter-not-powered") => PeripheralFault.NoRadio,
            _ when Says("-busy") || Says("concurrent-connection-limit") || Says("already in progress") => PeripheralFault.InProgress,
            _ when Says("timeout") || Says("timed out") => PeripheralFault.NotReachable,
            _ when Says("Not connected") || Says("connection reset") || Says("abort-by-remote") || Says("not initialized") => PeripheralFault.Disconnected,
            _ when Says("connection-") || Says("connection abort") || Says("Connection refused") || Says("Host is down") || Says("No route")
                => PeripheralFault.NotReachable,
            _ when Says("Not paired") => PeripheralFault.PairingRejected,
            _ => PeripheralFault.Failed,
        };
    }

    private static string Words(PeripheralFault fault) => fault switch
    {
        PeripheralFault.NoRadio => "the hub's Bluetooth is not ready",
        PeripheralFault.NotReachable => "it could not be reached",
        PeripheralFault.Disconnected => "the connection ended",
        PeripheralFault.TimedOut => "there was no answer in time",
        PeripheralFault.InProgress => "something else is under way",
        PeripheralFault.NotPermitted => "the device does not permit it",
        PeripheralFault.InsufficientSecurity => "the device wants a bond, or a stronger one",
        PeripheralFault.StaleServices => "the device's services are not those that are remembered",
        PeripheralFault.ProfileError => "the device refused it",
        PeripheralFault.PairingRejected => "the pairing was refused",
        _ => "it failed",
    };
}
