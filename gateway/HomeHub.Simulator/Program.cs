using HomeHub.Simulator;

return await SimulatorCommand.RunAsync(args, Console.In, Console.Out, Console.Error, TimeProvider.System, CancellationToken.None).ConfigureAwait(false);
