using System.Text;
using HomeHub.Gateway.Commands;
using HomeHub.Gateway.Commands.Devices;

namespace HomeHub.Gateway.Tests.Commands.Devices;

public sealed class TerminalPromptTests : IDisposable
{
    private const string Address = "C0:FF:EE:00:00:01";

    private readonly MemoryStream _output = new();
    private readonly StringWriter _error = new();

    [Theory]
    [InlineData("y\n", true)]
    [InlineData("yes\n", true)]
    [InlineData("n\n", false)]
    [InlineData("\n", false)]
    [InlineData("", false)]
    public async Task Only_a_yes_is_a_yes(string answer, bool goesOn)
    {
        Assert.Equal(goesOn, await Prompt(answer).ConfirmAsync(Address, default));
        Assert.Equal(goesOn, await Prompt(answer).CompareAsync(Address, 42, default));
        Assert.Contains("000042", _error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, _output.Length);
    }

    [Theory]
    [InlineData("123456\n", 123456u)]
    [InlineData("000007\n", 7u)]
    [InlineData("1000000\n", null)]
    [InlineData("-1\n", null)]
    [InlineData("12 34\n", null)]
    [InlineData("", null)]
    public async Task A_passkey_has_six_digits_or_is_a_refusal(string answer, uint? passkey) =>
        Assert.Equal(passkey, await Prompt(answer).EnterPasskeyAsync(Address, default));

    [Fact]
    public async Task What_the_command_line_answers_is_not_asked_but_a_comparison_is_never_skipped()
    {
        TerminalPrompt prompt = Prompt("", yes: true, passkey: 123456);
        Assert.True(await prompt.ConfirmAsync(Address, default));
        Assert.Equal(123456u, await prompt.EnterPasskeyAsync(Address, default));
        Assert.Equal("", _error.ToString());
        Assert.False(await prompt.CompareAsync(Address, 123456, default));
    }

    [Fact]
    public async Task A_passkey_to_type_in_is_shown_with_all_its_digits()
    {
        await Prompt("").DisplayPasskeyAsync(Address, 7, default);
        Assert.Equal($"Type this number into {Address}: 000007", _error.ToString().Trim());
    }

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    private TerminalPrompt Prompt(string answers, bool yes = false, uint? passkey = null) =>
        new(new CommandIo(new MemoryStream(Encoding.UTF8.GetBytes(answers)), _output, _error, TimeProvider.System), yes, passkey);
}
