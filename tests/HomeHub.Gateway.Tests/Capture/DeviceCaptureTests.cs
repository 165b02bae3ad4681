using System.Text;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Gateway.Capture;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Tests.Commands;
using HomeHub.Gateway.Tests.Commands.Devices;
using HomeHub.Simulation.Devices;
using HomeHub.Simulation.InProcess;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.Capture;

public sealed class DeviceCaptureTests : IDisposable
{
    private const string Address = "D8:4B:D6:11:22:33", Serial = "BP0001";

    private static readonly TimeSpan Listens = TimeSpan.FromSeconds(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("homehub-capture").FullName;
    private readonly MemoryStream _output = new();
    private readonly Progress _error = new();

    /// <summary>The same device twice, raw and anonymised: the readings are the same, and who and when is not.</summary>
    [Fact]
    public async Task A_device_is_captured_without_telling_of_anybody_and_replays_to_its_readings()
    {
        string raw = await CaptureAsync(isRaw: true), anonymised = await CaptureAsync(isRaw: false);
        string[] wanted = await ReplayAsync(raw), told = await ReplayAsync(anonymised);
        Assert.Equal(4, wanted.Length);
        Assert.Equal(wanted.Select(ValuesOf), told.Select(ValuesOf));
        Assert.Contains("MDC_PRESS_BLD_NONINV", told[^1], StringComparison.Ordinal);
        Assert.Contains(Address, raw, StringComparison.Ordinal);
        Assert.Contains("Patient/nobody", raw, StringComparison.Ordinal);
        string day = DateTime.Parse(raw.Split("receivedAt\":\"")[1][..10], null).ToString("yyyy-MM-dd", null);
        Assert.All(
            [Address, Serial, Hex(Serial), "010000FEFFEEFFC0", "Patient/nobody", day],
            one => Assert.DoesNotContain(one, anonymised, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("\"operation\":\"read\"", anonymised, StringComparison.Ordinal);
        Assert.Contains("\"operation\":\"notified\"", anonymised, StringComparison.Ordinal);
        Assert.Contains("anonymised.", _error.ToString(), StringComparison.Ordinal);
        Assert.Contains("2A35 Blood Pressure Measurement: notified", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ended_in_the_middle_the_file_is_complete()
    {
        using var stop = new CancellationTokenSource();
        await using SimulatedCentral central = Central();
        Task<int> running = Capture(isRaw: false, TimeSpan.FromHours(1)).RunAsync(Io(), central, stop.Token);
        await _error.Measured.WaitAsync(Eventually.Deadline);
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Done, await running.WaitAsync(Eventually.Deadline));
        string written = Encoding.UTF8.GetString(_output.ToArray());
        Assert.EndsWith("}\n", written, StringComparison.Ordinal);
        Assert.Contains("2A35", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_is_not_heard_is_waited_for_no_longer_than_the_limit()
    {
        var time = new ManualTime(SampleReadings.Start);
        await using var central = new CentralDouble();
        Task<int> running = Capture(isRaw: false, null).RunAsync(Io() with { Time = time }, central, default);
        time.Advance(DeviceCapture.HearLimit);
        CommandFailedException error = await Assert.ThrowsAsync<CommandFailedException>(() => running.WaitAsync(Eventually.Deadline));
        Assert.Contains("was not heard", error.Message, StringComparison.Ordinal);
        Assert.Empty(_output.ToArray());
    }

    [Fact]
    public async Task Ended_before_it_is_heard_nothing_is_wrong()
    {
        using var stop = new CancellationTokenSource();
        await using var central = new CentralDouble();
        Task<int> running = Capture(isRaw: false, null).RunAsync(Io(), central, stop.Token);
        await stop.CancelAsync();
        Assert.Equal(ExitCodes.Done, await running.WaitAsync(Eventually.Deadline));
        Assert.Contains("the capture is empty", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_patients_device_is_captured_only_where_somebody_said_so()
    {
        var device = new RegisteredDevice { Address = Address, Patient = SampleReadings.Patient, PairedAt = SampleReadings.Start };
        UsageException error = Assert.Throws<UsageException>(() => CaptureCommand.CheckPatient(device, isWanted: false));
        Assert.Contains("--raw", error.Message, StringComparison.Ordinal);
        CaptureCommand.CheckPatient(device, isWanted: true);
        CaptureCommand.CheckPatient(null, isWanted: false);
    }

    [Fact]
    public async Task A_device_with_a_bond_that_nobody_says_anything_of_is_left_alone()
    {
        var heard = new Advertisement { Address = Address, AddressType = AddressType.Random, IsBonded = true, ReceivedAt = SampleReadings.Start };
        await using var central = new CentralDouble { Heard = [heard] };
        UsageException error = await Assert.ThrowsAsync<UsageException>(() => Capture(isRaw: true, null).RunAsync(Io(), central, default));
        Assert.Contains("--data", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ADDRESS", "capture", "nonsense")]
    [InlineData("--for", "capture", Address, "--for", "0")]
    public async Task Wrong_usage_is_told(string named, params string[] arguments)
    {
        CommandRun run = await CommandRun.OfArgumentsAsync(arguments);
        Assert.Equal(2, run.Exit);
        Assert.Contains(named, run.Error, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
        Directory.Delete(_folder, true);
    }

    private static DeviceCapture Capture(bool isRaw, TimeSpan? listens) => new() { Address = Address, IsRaw = isRaw, Listens = listens };

    private static string ValuesOf(string line) => line[line.IndexOf("\"values\"", StringComparison.Ordinal)..];

    private static string Hex(string text) => Convert.ToHexString(Encoding.UTF8.GetBytes(text));

    private static SimulatedCentral Central()
    {
        string examples = Path.Combine(Repository(), "gateway", "HomeHub.Simulation", "Devices", "Examples");
        DeviceFile file = DeviceFileReader.Read(Path.Combine(examples, "blood-pressure.json")) with { Security = DeviceSecurity.None, SendIntervalMilliseconds = 0 };
        var central = new SimulatedCentral(TimeProvider.System);
        _ = central.Add(file, Address, AddressType.Random).AdvertiseAsync(true, CancellationToken.None);
        return central;
    }

    private static string Repository()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "HomeHub.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder!;
    }

    private async Task<string> CaptureAsync(bool isRaw)
    {
        _output.SetLength(0);
        await using SimulatedCentral central = Central();
        Assert.Equal(ExitCodes.Done, await Capture(isRaw, Listens).RunAsync(Io(), central, default).WaitAsync(Eventually.Deadline));
        return Encoding.UTF8.GetString(_output.ToArray());
    }

    private async Task<string[]> ReplayAsync(string capture)
    {
        string file = Path.Combine(_folder, "capture.ndjson");
        await File.WriteAllTextAsync(file, capture);
        CommandRun run = await CommandRun.OfArgumentsAsync("replay", file);
        Assert.DoesNotContain("\"error\"", run.Output, StringComparison.Ordinal);
        return run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private CommandIo Io() => new(Stream.Null, _output, _error, TimeProvider.System);

    /// <summary>What is told meanwhile, and when a measurement is.</summary>
    private sealed class Progress : StringWriter
    {
        private readonly TaskCompletionSource _measured = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Measured => _measured.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value?.Contains("2A35", StringComparison.Ordinal) == true)
            {
                _measured.TrySetResult();
            }
        }
    }
}
