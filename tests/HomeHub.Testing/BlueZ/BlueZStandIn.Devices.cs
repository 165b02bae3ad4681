using HomeHub.DBus;
using HomeHub.Profiles;

namespace HomeHub.Testing.BlueZ;

/// <content>Devices as BlueZ's objects.</content>
public sealed partial class BlueZStandIn
{
    private Task ShowDeviceAsync(StandInDevice device) => ShowAsync(new DBusObject(PathOf(device), new DBusInterface(Device1)
    {
        Methods =
        [
            AsyncMethod("Connect", "", "", _ => ConnectAsync(device)),
            AsyncMethod("Disconnect", "", "", async _ => { await DropAsync(device); return []; }),
            AsyncMethod("Pair", "", "", _ => PairAsync(device)),
            Method("CancelPairing", "", "", _ => throw new DBusException("org.bluez.Error.DoesNotExist", "Does Not Exist")),
        ],
        Properties =
        [
            new("Address", "s", () => device is { IsPaired: true, Identity: { } identity } ? identity : device.Address),
            new("AddressType", "s", () => device.AddressType),
            new("Name", "s", () => device.Name),
            new("Paired", "b", () => device.IsPaired),
            new("Trusted", "b", () => device.IsTrusted, value => device.IsTrusted = (bool)value),
            new("RSSI", "n", () => device.Rssi),
            new("ServiceData", "a{sv}", () => device.ServiceData),
            new("Connected", "b", () => device.IsConnected),
            new("UUIDs", "as", () => device.Services),
            new("ServicesResolved", "b", () => device.IsResolved),
        ],
    }));

    private async Task<IReadOnlyList<object>> ConnectAsync(StandInDevice device)
    {
        if (device.IsConnected)
        {
            return [];
        }

        device.IsConnected = true;
        await (TellsConnected ? _connection!.EmitPropertiesChangedAsync(PathOf(device), Device1, "Connected") : Task.CompletedTask);
        if (device.DropsAtEncryption)
        {
            EncryptionFailed?.Invoke(device);
            await DropAsync(device);
            throw new DBusException("org.bluez.Error.Failed", "le-connection-abort-by-local");
        }

        foreach (IGrouping<BluetoothUuid, StandInCharacteristic> service in device.Characteristics.GroupBy(characteristic => characteristic.Service))
        {
            string path = $"{PathOf(device)}/service{NameOf(service.Key)}";
            await ShowAsync(new DBusObject(path, new DBusInterface("org.bluez.GattService1")
            {
                Properties = [new("UUID", "s", () => Uuid(service.Key)), new("Primary", "b", () => true)],
            }));
            foreach (StandInCharacteristic characteristic in service)
            {
                await ShowCharacteristicAsync(device, characteristic, path);
            }
        }

        device.IsResolved = true;
        device.OnLink?.Invoke(true);

        // BlueZ takes up the subscriptions of its clients again by itself, before any of them asks (src/gatt-client.c).
        foreach (StandInCharacteristic kept in device.Characteristics.Where(characteristic => characteristic.IsNotifying && characteristic.OnNotify is not null))
        {
            await kept.OnNotify!(true);
        }

        await _connection!.EmitPropertiesChangedAsync(PathOf(device), Device1, "ServicesResolved");
        return [];
    }

    private Task ShowCharacteristicAsync(StandInDevice device, StandInCharacteristic characteristic, string service) => ShowAsync(new DBusObject(
        PathOf(device, characteristic),
        new DBusInterface(Characteristic1)
        {
            Methods =
            [
                AsyncMethod("ReadValue", "a{sv}", "ay", async _ =>
                {
                    characteristic.Value = characteristic.OnRead is { } read ? await read() : characteristic.Value;
                    await _connection!.EmitPropertiesChangedAsync(PathOf(device, characteristic), Characteristic1, "Value");
                    return [characteristic.Value];
                }, characteristic),
                AsyncMethod("WriteValue", "aya{sv}", "", async call =>
                {
                    var octets = (byte[])call.Arguments[0];
                    characteristic.Written.Add(octets);
                    await (characteristic.OnWritten?.Invoke(octets) ?? Task.CompletedTask);
                    return [];
                }, characteristic),
                AsyncMethod("StartNotify", "", "", async _ =>
                {
                    await (characteristic.OnNotify?.Invoke(true) ?? Task.CompletedTask);
                    characteristic.IsNotifying = true;
                    foreach (byte[] octets in characteristic.AtSubscription)
                    {
                        await NotifyAsync(device, characteristic, octets);
                    }

                    return [];
                }, characteristic),
                AsyncMethod("StopNotify", "", "", async _ =>
                {
                    characteristic.IsNotifying = false;
                    await (characteristic.OnNotify?.Invoke(false) ?? Task.CompletedTask);
                    return [];
                }, characteristic),
            ],
            Properties =
            [
                new("UUID", "s", () => Uuid(characteristic.Uuid)),
                new("Service", "o", () => new DBusPath(service)),
                new("Flags", "as", () => characteristic.Flags),
                new("Value", "ay", () => characteristic.Value),
            ],
        }));

    private async Task<IReadOnlyList<object>> PairAsync(StandInDevice device)
    {
        var path = new DBusPath(PathOf(device));
        try
        {
            switch (device.Pairing)
            {
                case StandInPairing.Authorize:
                    await AskAsync("RequestAuthorization", "o", path);
                    break;
                case StandInPairing.Compare:
                    await AskAsync("RequestConfirmation", "ou", path, device.Passkey);
                    break;
                case StandInPairing.Display:
                    await AskAsync("DisplayPasskey", "ouq", path, device.Passkey, (ushort)0);
                    break;
                case StandInPairing.Enter when await AskForPasskeyAsync(device) != device.Passkey:
                    throw new DBusException("org.bluez.Error.Rejected", "wrong passkey");
            }
        }
        catch (DBusException)
        {
            throw new DBusException("org.bluez.Error.AuthenticationFailed", "Authentication Failed");
        }

        await BondAsync(device);
        return [];
    }

    /// <summary>Has the bond come about, and tells of it.</summary>
    public Task BondAsync(StandInDevice device)
    {
        device.IsPaired = true;
        Paired?.Invoke();
        return _connection!.EmitPropertiesChangedAsync(PathOf(device), Device1, "Address", "Paired");
    }

    private async Task<uint?> AskForPasskeyAsync(StandInDevice device)
    {
        device.OnPasskey?.Invoke(device.Passkey);
        return await AskAsync("RequestPasskey", "o", new DBusPath(PathOf(device))) is [uint passkey] ? passkey : null;
    }
}
