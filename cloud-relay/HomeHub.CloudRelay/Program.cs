using HomeHub.CloudRelay.Commands;

return await RelayCommandLine.RunAsync(args, Console.Out, Console.Error);
