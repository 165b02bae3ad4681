using HomeHub.Core.SelfCheck;

namespace HomeHub.Gateway.SelfCheck;

/// <summary>What to do about a reason, for whoever looks after the hub.</summary>
internal static class CheckAdvice
{
    public static string Of(CheckReason reason) => reason switch
    {
        CheckReason.DatabaseDamaged => "Start the hub anew: it sets the damaged file aside and carries over what can be read. A card that damages files is to be replaced.",
        CheckReason.DatabaseUnreadable => "Look at its owner and rights, and whether another program uses it.",
        CheckReason.DatabaseReadOnly => "Look at its owner and rights, and whether the disk is mounted read-only; a card near its end becomes so.",
        CheckReason.LogTooLarge => "Some program keeps reading the file: end it, or start the hub anew.",
        CheckReason.RoomNotGivenBack => "Make room on the disk and start the hub anew: the file is then written anew once.",
        CheckReason.NotFinished => "The file is large or the disk slow; what was looked at is good. It is looked at again in a day.",
        CheckReason.DiskLow => "Make room, or lower buffer.maxSizeMiB or buffer.historyDays.",
        CheckReason.DiskFull => "Make room now: without it no reading is taken, and the devices keep what they have.",
        CheckReason.FewInodes => "Remove files that nobody needs.",
        CheckReason.DiskNotWritable => "Look at owner and rights of the data folder, and whether the disk is mounted read-only.",
        CheckReason.TimeNotKnown => "Look at timedatectl, or at the key clock.trust.",
        CheckReason.CertificateEndsSoon => "Get a new one and put it in its place.",
        CheckReason.CertificateEnded => "Get a new one and put it in its place: until then the broker is not reached.",
        CheckReason.CertificateNotYet => "Look at the hub's clock, and at the certificate.",
        CheckReason.CertificateUnreadable => "Look at the file's owner, rights and form (PEM).",
        CheckReason.AdapterStarting => "Wait a minute.",
        CheckReason.AdapterNoBus => "Start the system's message bus: systemctl start dbus.",
        CheckReason.AdapterNoService => "Start the system's Bluetooth service: systemctl start bluetooth.",
        CheckReason.AdapterNotAnswering => "Start the system's Bluetooth service anew: systemctl restart bluetooth. If it stays so, look at journalctl -u bluetooth.",
        CheckReason.AdapterMissing => "Plug an adapter in, or name the right one (key bluetooth.adapter).",
        CheckReason.AdapterPoweredOff => "Look at rfkill list, and at bluetoothctl power on.",
        CheckReason.AdapterNoPermission => "Add the hub's user to the group bluetooth.",
        CheckReason.CheckFailed => "Look at the log.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason)),
    };
}
