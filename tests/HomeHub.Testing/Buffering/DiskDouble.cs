using System.Collections.Concurrent;
using System.Reflection;
using HomeHub.Core.Buffering;

namespace HomeHub.Testing.Buffering;

/// <summary>A disk under a port that keeps things in memory: while it has a fault, what is named is refused. Made by <see cref="DispatchProxy.Create{T, TProxy}"/>.</summary>
/// <typeparam name="T">The port.</typeparam>
public class DiskDouble<T> : DispatchProxy
    where T : class
{
    private T _inner = null!;
    private string[] _refused = [];

    /// <summary>What is wrong with the disk; null: nothing.</summary>
    public BufferFault? Fault { get; set; }

    /// <summary>What was refused, in order.</summary>
    public ConcurrentQueue<string> Refused { get; } = [];

    /// <summary>Puts it under what does the work.</summary>
    /// <param name="inner">What does the work.</param>
    /// <param name="refused">Names of the members that are refused.</param>
    public void Put(T inner, params string[] refused) => (_inner, _refused) = (inner, refused);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (Fault is { } fault && _refused.Contains(targetMethod.Name))
        {
            Refused.Enqueue(targetMethod.Name);
            throw new BufferException(fault, "the disk refuses");
        }

        return targetMethod.Invoke(_inner, BindingFlags.DoNotWrapExceptions, null, args, null);
    }
}
