using HomeHub.Core.Network;
using HomeHub.Core.SelfCheck;
using HomeHub.Gateway.Configuration;
using HomeHub.Gateway.Hub;
using HomeHub.Gateway.SelfCheck;
using HomeHub.Testing;
using HomeHub.Testing.Time;

namespace HomeHub.Gateway.Tests.SelfCheck;

public class CertificateProbeTests
{
    private static readonly DateTimeOffset Now = SampleReadings.Start.ToUniversalTime();

    private readonly ManualTime _time = new(Now);
    private readonly ClockDouble _clock = new();

    [Theory]
    [InlineData(-10, 31, CheckOutcome.Good, null)]
    [InlineData(-10, 29, CheckOutcome.Warning, CheckReason.CertificateEndsSoon)]
    [InlineData(-10, 0, CheckOutcome.Bad, CheckReason.CertificateEnded)]
    [InlineData(1, 90, CheckOutcome.Bad, CheckReason.CertificateNotYet)]
    public async Task Each_certificate_is_judged_by_its_days(int from, int until, CheckOutcome expected, CheckReason? reason)
    {
        CheckFinding found = await RunAsync(new CertificateFact(CertificateUse.Own, Now.AddDays(from), Now.AddDays(until)));
        Assert.Equal((expected, reason), (found.Outcome, found.Reason));
    }

    [Fact]
    public async Task The_gravest_is_told_with_its_file_and_day()
    {
        CheckFinding found = await RunAsync(
            new CertificateFact(CertificateUse.Authority, Now.AddDays(-10), Now.AddDays(29)), new CertificateFact(CertificateUse.Own, Now.AddDays(-40), Now.AddDays(-1)));
        Assert.Equal("file2.pem until 2026-03-13", found.Detail);
        Assert.Equal(new CheckFinding(CheckKind.Certificates, CheckOutcome.Bad, CheckReason.CertificateUnreadable, "file1.pem"), await RunAsync(new CertificateFact(CertificateUse.Own, null, null)));
    }

    [Fact]
    public async Task By_a_clock_that_is_not_known_none_is_judged()
    {
        _clock.IsTimeKnown = false;
        CheckFinding found = await RunAsync(new CertificateFact(CertificateUse.Own, Now.AddDays(-40), Now.AddDays(-1)));
        Assert.Equal((CheckOutcome.Unknown, CheckReason.TimeNotKnown), (found.Outcome, found.Reason));
    }

    [Fact]
    public async Task Files_of_the_configuration_are_read()
    {
        using var certificates = new TestCertificates();
        var configuration = new HubConfiguration
        {
            Broker = new BrokerConfiguration { CaFile = certificates.CaFile, CertificateFile = certificates.ClientCertificateFile, KeyFile = certificates.ClientKeyFile },
        };
        CheckFinding found = await OfConfigurationAsync(configuration);
        Assert.Equal((CheckOutcome.Warning, CheckReason.CertificateEndsSoon), (found.Outcome, found.Reason));
        Assert.StartsWith("ca.pem until ", found.Detail, StringComparison.Ordinal);
        await File.WriteAllTextAsync(certificates.ClientCertificateFile, "no certificate");
        found = await OfConfigurationAsync(configuration);
        Assert.Equal((CheckReason.CertificateUnreadable, "client.pem"), (found.Reason, found.Detail));
        Assert.Equal(CheckOutcome.Off, (await OfConfigurationAsync(new HubConfiguration())).Outcome);
    }

    private Task<CheckFinding> OfConfigurationAsync(HubConfiguration configuration) =>
        SelfCheckProbes.Of(Path.GetTempPath(), configuration, null, _clock, TimeProvider.System).Single(probe => probe.Kind == CheckKind.Certificates).RunAsync(default);

    private Task<CheckFinding> RunAsync(params CertificateFact[] certificates) =>
        new CertificateProbe([.. certificates.Select((certificate, i) => ($"file{i + 1}.pem", (Func<CertificateFact>)(() => certificate)))], _clock, _time).RunAsync(default);
}
