using HomeHub.Core.Consent;
using HomeHub.Testing.Consent;

namespace HomeHub.Core.Tests.Consent;

/// <summary>The double keeps the contract.</summary>
public sealed class InMemoryConsentBookTests : ConsentBookContract
{
    protected override Task<IConsentBook> OpenAsync() => Task.FromResult<IConsentBook>(new InMemoryConsentBook());

    protected override Task<IConsentBook> ReopenAsync(IConsentBook book) => Task.FromResult(book);
}
