namespace HomeHub.Hardware.Kernel;

/// <summary>The kernel of this machine.</summary>
internal sealed class LinuxKernel : IKernel
{
    /// <summary>The one there is.</summary>
    public static LinuxKernel Instance { get; } = new();

    public int Open(string path, bool isWritten)
    {
        int descriptor = LibC.Open(path, (isWritten ? LibC.ReadWrite : LibC.ReadOnly) | LibC.CloseOnExec | LibC.NonBlocking);
        return descriptor < 0 ? -LibC.LastError : descriptor;
    }

    public unsafe int Control(int descriptor, uint request, Span<byte> argument)
    {
        fixed (byte* first = argument)
        {
            int result;
            do
            {
                result = LibC.Ioctl(descriptor, request, first);
            }
            while (result < 0 && LibC.LastError == LibC.Interrupted);

            return result < 0 ? -LibC.LastError : result;
        }
    }
}
