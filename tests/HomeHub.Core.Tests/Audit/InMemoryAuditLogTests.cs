using HomeHub.Core.Audit;
using HomeHub.Testing.Audit;

namespace HomeHub.Core.Tests.Audit;

/// <summary>The double keeps the contract.</summary>
public sealed class InMemoryAuditLogTests : AuditLogContract
{
    protected override Task<IAuditLog> OpenAsync() => Task.FromResult<IAuditLog>(new InMemoryAuditLog());

    protected override Task<IAuditLog> ReopenAsync(IAuditLog log) => Task.FromResult(log);
}
