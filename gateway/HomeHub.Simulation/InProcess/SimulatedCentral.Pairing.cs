using HomeHub.Core.Peripherals;
using HomeHub.Simulation.Devices;

namespace HomeHub.Simulation.InProcess;

/// <content>Pairing.</content>
public sealed partial class SimulatedCentral
{
    private async Task<NewBond> BondAsync(PairingRequest request, Action release, CancellationToken bounded)
    {
        const string Doing = "Pairing";
        _bonds.TryRemove(request.Address, out _);
        IPeripheral link = await LinkAsync(Doing, request.Address, release, bounded).ConfigureAwait(false);
        await using (link.ConfigureAwait(false))
        {
            CarriedDevice device = _devices[request.Address];
            if (!await AgreeAsync(request, device, bounded).ConfigureAwait(false))
            {
                throw new PeripheralException(PeripheralFault.PairingRejected, $"{Doing}: the pairing was refused, or the passkey was wrong.");
            }

            if (device.BondsAs is BondSecurity.Legacy or BondSecurity.Unknown && !request.AllowLegacy)
            {
                throw new PeripheralException(PeripheralFault.LegacyPairing, $"{Doing}: it paired the old way, and that is not allowed for this device.");
            }

            if (device.Link != link)
            {
                throw new PeripheralException(PeripheralFault.Disconnected, $"{Doing}: the connection ended.");
            }

            var key = Guid.NewGuid();
            device.Bond(key);
            _bonds[request.Address] = key;
            return new NewBond(device.Address, device.AddressType, device.BondsAs);
        }
    }

    private static async Task<bool> AgreeAsync(PairingRequest request, CarriedDevice device, CancellationToken bounded)
    {
        if (device.Model.File.Security != DeviceSecurity.Passkey)
        {
            return await request.Prompt.ConfirmAsync(request.Address, bounded).WaitAsync(bounded).ConfigureAwait(false);
        }

        uint shown = device.ShowPasskey();
        return await request.Prompt.EnterPasskeyAsync(request.Address, bounded).WaitAsync(bounded).ConfigureAwait(false) == shown;
    }
}
