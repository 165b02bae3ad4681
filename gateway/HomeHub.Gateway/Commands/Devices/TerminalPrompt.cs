using System.Globalization;
using System.Text;
using HomeHub.Core.Peripherals;

namespace HomeHub.Gateway.Commands.Devices;

/// <summary>
/// Asks the person at the terminal. Questions go to standard error, so that standard output stays for scripts; answers are lines of standard
/// input. An answer that was given on the command line is not asked for; no answer (end of input) is a refusal.
/// </summary>
/// <param name="io">Where to ask.</param>
/// <param name="yes">Whether questions for a yes are answered by the command line.</param>
/// <param name="passkey">Passkey from the command line; null when none was given.</param>
internal sealed class TerminalPrompt(CommandIo io, bool yes, uint? passkey) : IPairingPrompt
{
    private const uint MaxPasskey = 999_999;
    private const int MaxAnswerBytes = 100;

    public async Task<bool> ConfirmAsync(string address, CancellationToken cancellation) =>
        yes || await AskYesAsync($"Pair with {address}? It has no number to compare. [y/N] ", cancellation).ConfigureAwait(false);

    public async Task<uint?> EnterPasskeyAsync(string address, CancellationToken cancellation)
    {
        if (passkey is { } given)
        {
            return given;
        }

        string? answer = await AskAsync($"The number that {address} shows, six digits: ", cancellation).ConfigureAwait(false);
        return uint.TryParse(answer, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) && number <= MaxPasskey ? number : null;
    }

    public Task DisplayPasskeyAsync(string address, uint passkey, CancellationToken cancellation) =>
        io.Error.WriteLineAsync($"Type this number into {address}: {passkey.ToString("D6", CultureInfo.InvariantCulture)}");

    public async Task<bool> CompareAsync(string address, uint passkey, CancellationToken cancellation) =>
        await AskYesAsync($"Does {address} show {passkey.ToString("D6", CultureInfo.InvariantCulture)}? [y/N] ", cancellation).ConfigureAwait(false);

    private async Task<bool> AskYesAsync(string question, CancellationToken cancellation) =>
        (await AskAsync(question, cancellation).ConfigureAwait(false))?.Trim() is "y" or "Y" or "yes";

    private async Task<string?> AskAsync(string question, CancellationToken cancellation)
    {
        await io.Error.WriteAsync(question).ConfigureAwait(false);
        await io.Error.FlushAsync(cancellation).ConfigureAwait(false);
        return await Task.Run(ReadLine, cancellation).WaitAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>One line, byte by byte, as what comes after it is for whoever asks next; null at the end of input or for an endless line.</summary>
    private string? ReadLine()
    {
        var line = new StringBuilder();
        while (io.In.ReadByte() is var next and >= 0 && line.Length < MaxAnswerBytes)
        {
            if (next == '\n')
            {
                return line.ToString().TrimEnd('\r');
            }

            line.Append((char)next);
        }

        return null;
    }
}
