namespace HomeHub.Architecture.Tests;

/// <summary>Says what breaks a rule, all of it and a line each.</summary>
internal static class Offences
{
    public static void AreNone(IEnumerable<string> offences)
    {
        string[] found = [.. offences];
        Assert.True(found.Length == 0, $"{found.Length} break the rule:\n{string.Join('\n', found)}");
    }
}
