using System.Text;
using HomeHub.Gateway.Commands;

namespace HomeHub.Gateway.Tests.Commands;

/// <summary>A command line run within the test, with streams of its own.</summary>
internal sealed record CommandRun(int Exit, string Output, string Error)
{
    public static async Task<CommandRun> OfAsync(string input, params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        var io = new CommandIo(new MemoryStream(Encoding.UTF8.GetBytes(input)), output, error, TimeProvider.System);
        int exit = await HomeHubCommand.RunAsync(arguments, io, CancellationToken.None);
        return new CommandRun(exit, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public static Task<CommandRun> OfArgumentsAsync(params string[] arguments) => OfAsync("", arguments);
}
