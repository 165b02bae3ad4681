namespace HomeHub.Hardware.Kernel;

/// <summary>Port: opening files of devices, and ioctl(2) on them. Reading, waiting and closing are done on what it gives, a descriptor of this process. The kernel, or in tests a record of what it answered.</summary>
internal interface IKernel
{
    /// <summary>Opens a file of a device.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isWritten">Whether it is written to as well.</param>
    /// <returns>A descriptor, or a negative error number.</returns>
    int Open(string path, bool isWritten);

    /// <summary>ioctl(2) with one structure as its argument, which is read, written or both.</summary>
    /// <returns>What it returned, or a negative error number.</returns>
    int Control(int descriptor, uint request, Span<byte> argument);
}
