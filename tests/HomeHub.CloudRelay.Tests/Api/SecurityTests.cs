using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using HomeHub.CloudRelay.Api;
using HomeHub.CloudRelay.Commands;
using HomeHub.Testing;

namespace HomeHub.CloudRelay.Tests.Api;

public sealed class SecurityTests : IDisposable
{
    private const string Token = "a-token-that-nobody-guesses-0001";
    private readonly string _tokens = Path.GetTempFileName();

    public SecurityTests() => File.WriteAllText(_tokens, $"# readers\n{Token}\nanother-token-that-nobody-guesses\n");

    public void Dispose() => File.Delete(_tokens);

    [Theory]
    [InlineData("http://0.0.0.0:0", "listen")]
    [InlineData("http://192.0.2.1:80", "listen")]
    [InlineData("http://*:8090", "listen")]
    [InlineData("http://[::]:8090", "listen")]
    [InlineData("http://relay.example:8090", "listen")]
    [InlineData("https://127.0.0.1:8443", "tls-certificate")]
    [InlineData("ftp://127.0.0.1", "listen")]
    public void It_does_not_start_where_it_would_show_health_data_to_anyone(string listen, string key)
    {
        var error = Assert.Throws<ConfigurationException>(() => RelayOptions.From(Settings(("listen", listen))));
        Assert.Equal(key, error.Key);
    }

    [Fact]
    public void Beyond_loopback_TLS_alone_is_not_enough()
    {
        using var certificates = new TestCertificates();
        (string, string)[] tls = [("listen", "https://0.0.0.0:8443"), ("tls-certificate", certificates.ServerCertificateFile), ("tls-key", certificates.ServerKeyFile)];
        Assert.Equal("token-file", Assert.Throws<ConfigurationException>(() => RelayOptions.From(Settings(tls))).Key);
        Assert.NotNull(RelayOptions.From(Settings([.. tls, ("token-file", _tokens)])).Security.Tokens);
        Assert.NotNull(RelayOptions.From(Settings([.. tls, ("client-ca", certificates.CaFile)])).Security.ClientAuthorities);
    }

    [Fact]
    public async Task With_tokens_configured_only_health_is_open()
    {
        await using var api = await ApiFixture.StartAsync(new ApiSecurity(null, AccessTokens.Load(_tokens), null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("fhir/Observation", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("fhir/metadata", new("Bearer", Token + "x")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("fhir/Observation", new("Basic", Token)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("fhir/Observation", new("Bearer", Token)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("health/live", null));

        async Task<HttpStatusCode> StatusAsync(string path, AuthenticationHeaderValue? authorization)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(api.Address, path));
            request.Headers.Authorization = authorization;
            using var response = await api.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task Client_certificates_must_come_from_the_configured_authority()
    {
        using var certificates = new TestCertificates();
        using var others = new TestCertificates();
        var security = new ApiSecurity(
            ApiSecurity.LoadCertificate(certificates.ServerCertificateFile, certificates.ServerKeyFile), null, ApiSecurity.LoadAuthorities(certificates.CaFile));
        await using var api = await ApiFixture.StartAsync(security);
        Assert.Equal(HttpStatusCode.OK, await GetAsync(certificates));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(others));
        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(null));

        async Task<HttpStatusCode> GetAsync(TestCertificates? client)
        {
            using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
            using var certificate = client is null ? null : X509Certificate2.CreateFromPemFile(client.ClientCertificateFile, client.ClientKeyFile);
            if (certificate is not null)
            {
                handler.ClientCertificates.Add(certificate);
            }

            using var http = new HttpClient(handler);
            using var response = await http.GetAsync(new Uri(api.Address, "fhir/metadata"));
            return response.StatusCode;
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void Tokens_that_can_be_guessed_are_refused(string content)
    {
        File.WriteAllText(_tokens, content);
        Assert.Equal("token-file", Assert.Throws<ConfigurationException>(() => RelayOptions.From(Settings(("token-file", _tokens)))).Key);
    }

    private static RelaySettings Settings(params (string Key, string Value)[] values)
    {
        var settings = new RelaySettings();
        settings.Set("data", "/tmp/none");
        settings.Set("broker", "mqtt://127.0.0.1:1883");
        foreach (var (key, value) in values)
        {
            settings.Set(key, value);
        }

        return settings;
    }
}
