using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace HomeHub.Gateway.Commands;

/// <summary>The usual help, then examples and, for the program as a whole, the exit statuses.</summary>
internal sealed class ExampleHelpAction(HelpAction usual, IReadOnlyList<string> rootExamples) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exit = usual.Invoke(parseResult);
        TextWriter output = parseResult.InvocationConfiguration.Output;
        Command command = parseResult.CommandResult.Command;
        IReadOnlyList<string> examples = command is ExampledCommand exampled ? exampled.Examples : command is RootCommand ? rootExamples : [];
        if (examples.Count > 0)
        {
            output.WriteLine("Examples:");
            foreach (string example in examples)
            {
                output.WriteLine($"  {example}");
            }

            output.WriteLine();
        }

        output.WriteLine("Exit status: 0 done, 1 failed while running, 2 wrong usage or configuration.");
        return exit;
    }
}
