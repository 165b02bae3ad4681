using HomeHub.Lab;

return await LabProgram.RunAsync(args, Console.Out, Console.Error);
