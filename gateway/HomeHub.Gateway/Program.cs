using HomeHub.Gateway.Commands;

return await HomeHubCommand.RunAsync(args, CommandIo.OfProcess(), CancellationToken.None).ConfigureAwait(false);
