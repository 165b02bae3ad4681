namespace HomeHub.Hardware.Tests;

/// <summary>What the kernel's own headers make of requests and structures: Vectors/abi.txt, written by Vectors/abi.c.</summary>
internal static class AbiVectors
{
    private static readonly Dictionary<string, string> All = Read();

    /// <summary>Number of an ioctl request.</summary>
    public static uint Number(string name) => Convert.ToUInt32(All[name], 16);

    /// <summary>Octets of a structure.</summary>
    public static byte[] Octets(string name) => Convert.FromHexString(All[name]);

    private static Dictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(AbiVectors).Assembly.GetManifestResourceStream("abi.txt")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(words => words[0], words => words[1]);
    }
}
