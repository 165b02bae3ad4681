namespace HomeHub.Gateway.Demo;

/// <summary>What the demonstration needs to know.</summary>
/// <param name="Folder">Where all its files go.</param>
/// <param name="Relay">The relay's executable.</param>
/// <param name="Captures">Capture file with what real devices sent.</param>
/// <param name="Household">Household: <c>demo</c> or a file.</param>
/// <param name="Keep">Whether everything is left running.</param>
/// <param name="Plain">Whether plain lines are wanted, terminal or not.</param>
internal sealed record DemoOptions(string Folder, string Relay, string Captures, string Household, bool Keep, bool Plain);
