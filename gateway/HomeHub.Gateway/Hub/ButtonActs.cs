using HomeHub.Core.Audit;
using HomeHub.Core.Board;
using HomeHub.Core.Network;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Catalogue;
using Microsoft.Extensions.Logging;

namespace HomeHub.Gateway.Hub;

/// <summary>What the button has the running hub do.</summary>
/// <param name="parts">The hub.</param>
/// <param name="reset">Has networks forgotten; null where the hub opens none of its own.</param>
internal sealed class ButtonActs(HubParts parts, NetworkReset? reset) : IBoardActs
{
    private readonly ILogger _logger = parts.Loggers.CreateLogger<ButtonActs>();

    public async Task<bool> PairAsync(CancellationToken cancellation)
    {
        if (parts is not { Radio: { } central, Devices: { } registry })
        {
            _logger.LogWarning("The button asks for the pairing window, and the hub runs without Bluetooth");
            return false;
        }

        // Read when it is asked for: the catalogue with its texts is of no use before.
        var window = new PairingWindow(
            central, registry, parts.Audit, CatalogueFiles.Load(parts.Configuration.CatalogueFolder, withTexts: false).Models, parts.Time, () => parts.Clock.IsTimeKnown,
            parts.Loggers.CreateLogger<PairingWindow>());
        return await window.RunAsync(cancellation).ConfigureAwait(false) == PairingWindowEnd.Paired;
    }

    public async Task<bool> ResetNetworkAsync(CancellationToken cancellation)
    {
        if (reset is null || await reset.RunAsync(cancellation).ConfigureAwait(false) is not { } outcome)
        {
            _logger.LogWarning("The button asks for the networks to be forgotten, and the hub can open none of its own: it would be reached by nobody, so nothing was changed");
            return false;
        }

        if (outcome == WifiForget.NoService)
        {
            _logger.LogWarning("The button asks for the networks to be forgotten, and NetworkManager does not answer: nothing was changed");
            return false;
        }

        await parts.Audit.AddAsync(new AuditNote(parts.Time.GetLocalNow(), AuditActs.NetworksForgotten, PairingWindow.Who, null, null), CancellationToken.None).ConfigureAwait(false);
        _logger.LogInformation("The networks of the home were forgotten, as the button asked: {Outcome}; the hub opens its own", outcome);
        return outcome == WifiForget.Forgotten;
    }
}
