using System.Text;
using System.Text.Json;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing;
using HomeHub.Testing.Audit;
using HomeHub.Testing.Peripherals;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Commands.Devices;

/// <summary>A terminal, a clock and an empty registry for the commands for devices.</summary>
public abstract class DeviceCommandFixture : IDisposable
{
    protected const string Address = "C0:FF:EE:00:00:01";

    protected static readonly Advertisement Heard = new()
    {
        Address = Address, AddressType = AddressType.Random, Name = "Cuff", Rssi = -60, ReceivedAt = SampleReadings.Start,
    };

    protected ManualTime Time { get; } = new(SampleReadings.Start.ToUniversalTime());
    protected ClockDouble Clock { get; } = new();
    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();
    private protected InMemoryDeviceRegistry Registry { get; } = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static string Documentation()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine(folder!, "docs", "command-line.md");
    }

    private protected CommandIo Io() => new(Stream.Null, _output, _error, Time);

    private protected string Output() => Encoding.UTF8.GetString(_output.ToArray());

    private protected string Errors() => _error.ToString();

    private protected void ForgetOutput() => _output.SetLength(0);

    private protected JsonElement[] Lines() =>
        [.. Output().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement.Clone())];

    private protected static string Show(Spectre.Console.Table table)
    {
        using var text = new StringWriter();
        Spectre.Console.IAnsiConsole console = Spectre.Console.AnsiConsole.Create(new Spectre.Console.AnsiConsoleSettings { Out = new Spectre.Console.AnsiConsoleOutput(text) });
        console.Profile.Width = 400;
        console.Write(table);
        return string.Join(' ', text.ToString().Split(['│', '\n', ' '], StringSplitOptions.RemoveEmptyEntries));
    }

    private protected InMemoryAuditLog Audit { get; } = new();

    private protected DeviceDesk Desk() => new(Registry, Audit, Time, () => Clock.IsTimeKnown);

    private protected TerminalSetup Setup(PatientReference? patient = null, bool needsBond = true, byte? userIndex = null, DateTimeOffset? since = null, ushort? consentCode = null) => new()
    {
        ConsentCode = consentCode,
        Since = since,
        IsClockKnown = Clock.IsTimeKnown,
        UserIndex = userIndex,
        Address = Address,
        Patient = patient ?? SampleReadings.Patient,
        Bonds = needsBond,
        AllowLegacy = false,
        Models = DeviceCatalogue.Empty,
        Language = "en",
        Prompt = new TerminalPrompt(Io(), true, null),
    };
}
