using System.CommandLine;
using System.Security.Cryptography;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Network;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Sqlite;
using HomeHub.Web.Label;
using HomeHub.Web.Texts;
using HomeHub.Web.Tls;
using Microsoft.Extensions.Logging.Abstractions;

namespace HomeHub.Gateway.Commands;

/// <summary><c>homehub label</c>: the label that is stuck to the hub.</summary>
internal static class LabelCommand
{
    /// <summary>What stands for standard output in place of a file.</summary>
    private const string StandardOutput = "-";

    public static Command Create(CommandIo io)
    {
        Option<string?> data = HubOptions.Data(), config = HubOptions.Config();
        var pdf = new Option<string?>("--pdf") { Description = "Writes the label, a page of A6; - writes it to standard output, and nothing else.", HelpName = "FILE" };
        var png = new Option<string?>("--png") { Description = "Writes the square code of the pages alone.", HelpName = "FILE" };
        var wifi = new Option<string?>("--wifi-png") { Description = "Writes the square code of the hub's own network alone.", HelpName = "FILE" };
        var command = new ExampledCommand(
            "label",
            "Makes the hub's label: address of the pages, fingerprint of their key, the claim code while it is not used, and where the board can open one the hub's own network. Tells the same as text.",
            "homehub label --data ./data --pdf label.pdf",
            "homehub label --data ./data --png code.png")
        {
            data, pdf, png, wifi, config,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            HubConfiguration configuration = HubOptions.Read(parsed.GetValue(config));
            string folder = HubOptions.RequireExistingData(parsed.GetValue(data), configuration);
            HubLabel label = await ReadAsync(io, folder, configuration, cancellation).ConfigureAwait(false);
            if (parsed.GetValue(pdf) == StandardOutput)
            {
                await io.Out.WriteAsync(label.ToPdf(), cancellation).ConfigureAwait(false);
                return ExitCodes.Done;
            }

            if (parsed.GetValue(pdf) is { } pdfFile)
            {
                await WriteAsync(pdfFile, label.ToPdf(), cancellation).ConfigureAwait(false);
            }

            if (parsed.GetValue(png) is { } pngFile)
            {
                await WriteAsync(pngFile, label.ToPng(), cancellation).ConfigureAwait(false);
            }

            if (parsed.GetValue(wifi) is { } wifiFile)
            {
                byte[] code = label.ToWifiPng() ?? throw new CommandFailedException("This machine can open no network of its own: it needs NetworkManager and a wireless adapter that can be an access point.");
                await WriteAsync(wifiFile, code, cancellation).ConfigureAwait(false);
            }

            using StreamWriter text = io.OpenText();
            await text.WriteLineAsync($"Address:     {label.Address}").ConfigureAwait(false);
            await text.WriteLineAsync($"Fingerprint: {label.FingerprintText}").ConfigureAwait(false);
            await text.WriteLineAsync($"Claim code:  {label.ClaimCode ?? "used"}").ConfigureAwait(false);
            if (label.Own is { } own)
            {
                await text.WriteLineAsync($"Own network: {own.Name}, key {own.Key}, pages at {label.OwnAddress}").ConfigureAwait(false);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static async Task<HubLabel> ReadAsync(CommandIo io, string folder, HubConfiguration configuration, CancellationToken cancellation)
    {
        using SqliteBufferReader buffer = SqliteBufferReader.Open(folder);
        HubIdentity hub = buffer.Hub ?? throw new CommandFailedException("The hub has no identity yet: start it once with homehub run.");
        RunState? run = RunStateFile.Read(folder);
        int port = run?.IsCurrent(io.Clock(configuration)) == true && run.Pages is { } running
            ? new Uri(running).Port
            : configuration.Pages.Url is { } url && PagesConfiguration.ReadUrl(url) is { } listen ? listen.Port : PagesConfiguration.DefaultPort;
        IHousehold household = await Adapters.OpenHouseholdAsync(folder, cancellation).ConfigureAwait(false);
        await using (household.ConfigureAwait(false))
        {
            string? code = await household.EnsureClaimCodeAsync(ClaimCode.Create(), cancellation).ConfigureAwait(false);
            (byte[] fingerprint, OwnNetwork own) = ReadKey(folder, hub);
            bool canOpen = configuration.Pages.HasOwnNetwork && await CanOpenAsync(io, cancellation).ConfigureAwait(false);
            bool hasBoard = run?.Board?.Any(part => part.Condition == "found") == true;
            Language? board = hasBoard ? Languages.Find(await household.GetSettingAsync(HouseholdSettings.Language, cancellation).ConfigureAwait(false)) ?? Languages.Default : null;
            return new HubLabel(HubLabel.AddressOf(hub, port), fingerprint, code, canOpen ? own : null, board);
        }
    }

    private static async Task<bool> CanOpenAsync(CommandIo io, CancellationToken cancellation)
    {
        IOwnNetwork network = Adapters.OpenOwnNetwork(NullLoggerFactory.Instance, io.Time);
        await using (network.ConfigureAwait(false))
        {
            return (await network.ReadAsync(cancellation).ConfigureAwait(false)).IsPossible;
        }
    }

    private static (byte[] Fingerprint, OwnNetwork Own) ReadKey(string folder, HubIdentity hub)
    {
        try
        {
            using ECDsa key = HubKey.Open(folder);
            return (HubKey.FingerprintOf(key), HubOwnNetwork.Of(hub, key));
        }
        catch (InvalidDataException error)
        {
            throw new CommandFailedException(error.Message, error);
        }
    }

    /// <summary>The label holds the claim code: nobody but its owner reads the file.</summary>
    private static async Task WriteAsync(string path, byte[] content, CancellationToken cancellation)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        await file.WriteAsync(content, cancellation).ConfigureAwait(false);
    }
}
