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
            try
            {
                await (Task)fact.Invoke(new RealPeripheralContract(), null)!;
                held++;
            }
            catch (Exception error)
            {
                // Each fact is told of, also after one that did not hold.
                broken.Add($"{fact.Name}: {error.Message.Split('\n')[0]}");
                await Console.Error.WriteLineAsync($"{fact.Name}: {error}");
            }

            // As a server BlueZ 5.66 may crash when an application leaves that had let a read wait for too long. No hub is one; the fact has been told by then.
            if (await lab.Stack.ReviveServiceAsync())
            {
                await lab.FigureAsync($"bluetoothd ended after {fact.Name}, and was started again");
            }
        }

        await lab.FigureAsync($"{held} facts of the contract hold over real BlueZ");
        Assert.True(broken.Count == 0, string.Join("; ", broken));
        Assert.NotEqual(0, held);
    }
}
