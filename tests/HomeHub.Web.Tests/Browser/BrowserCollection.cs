namespace HomeHub.Web.Tests.Browser;

/// <summary>Tests that share one browser, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserCollection : ICollectionFixture<BrowserFixture>
{
    public const string Name = "browser";
}
