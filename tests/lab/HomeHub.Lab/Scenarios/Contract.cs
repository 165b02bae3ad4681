using System.Reflection;
using Xunit;

namespace HomeHub.Lab.Scenarios;

/// <summary>The contract suite of the Bluetooth port over the real adapter, the real BlueZ and a real peripheral.</summary>
internal static class Contract
{
    /// <summary>Runs every fact, one after the other, and tells of each that did not hold.</summary>
    public static async Task HoldsAsync(Laboratory lab)
    {
        RealPeripheralContract.Patience = TimeSpan.FromSeconds(120);
        List<string> broken = [];
        int held = 0;
        foreach (MethodInfo fact in typeof(RealPeripheralContract).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null))
        {
            Exception? error = await TryAsync(fact);
            if (await lab.Stack.ReviveServiceAsync())
            {
                // BlueZ 5.66 may crash when it removes a device whose server had let a read wait for too long (in device_free), which is what a fact begins with
                // here. Of the fact that says nothing.
                await lab.FigureAsync($"bluetoothd crashed in {fact.Name}, and was started again{(error is null ? "" : "; the fact is asked once more")}");
                error = error is null ? null : await TryAsync(fact);
            }

            if (error is null)
            {
                held++;
                continue;
            }

            // Each fact is told of, also after one that did not hold.
            broken.Add($"{fact.Name}: {error.Message.Split('\n')[0]}");
            await Console.Error.WriteLineAsync($"{fact.Name}: {error}");
        }

        await lab.FigureAsync($"{held} facts of the contract hold over real BlueZ");
        Assert.True(broken.Count == 0, string.Join("; ", broken));
        Assert.NotEqual(0, held);
    }

    private static async Task<Exception?> TryAsync(MethodInfo fact)
    {
        try
        {
            await (Task)fact.Invoke(new RealPeripheralContract(), null)!;
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }
}
