namespace HomeHub.Hardware.Kernel;

/// <summary>Reads records of one length from a descriptor as they come, on a thread of its own that sleeps in poll(2) between them. The descriptor is closed when it is disposed of.</summary>
internal sealed unsafe class EventReader : IDisposable
{
    /// <summary>Most records that are read at a time.</summary>
    public const int MaxRecords = 16;

    private const int StackBytes = 128 * 1024;

    private readonly int _descriptor, _end, _recordBytes;
    private readonly Action<ReadOnlySpan<byte>> _take;
    private readonly Action _lost;
    private readonly Thread _thread;
    private int _isDisposed;

    /// <summary>Begins to read.</summary>
    /// <param name="descriptor">What is read.</param>
    /// <param name="recordBytes">Length of a record.</param>
    /// <param name="name">Name of the thread.</param>
    /// <param name="take">Told each record, in order.</param>
    /// <param name="lost">Told when no more come: the device went away.</param>
    public EventReader(int descriptor, int recordBytes, string name, Action<ReadOnlySpan<byte>> take, Action lost)
    {
        (_descriptor, _recordBytes, _take, _lost) = (descriptor, recordBytes, take, lost);
        _end = LibC.EventFd(0, LibC.CloseOnExec);
        if (_end < 0)
        {
            throw new IOException($"eventfd: error {LibC.LastError}");
        }

        _thread = new Thread(Run, StackBytes) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Ends it; nothing is told any more once it has returned, unless whoever is told disposes of it.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        ulong one = 1;
        LibC.Write(_end, &one, sizeof(ulong));
        if (Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }

        LibC.Close(_descriptor);
        LibC.Close(_end);
    }

    private void Run()
    {
        byte* buffer = stackalloc byte[MaxRecords * _recordBytes];
        LibC.PollFd* waiting = stackalloc LibC.PollFd[2];
        waiting[0].Fd = _descriptor;
        waiting[1].Fd = _end;
        waiting[0].Events = waiting[1].Events = LibC.PollIn;
        while (Volatile.Read(ref _isDisposed) == 0)
        {
            waiting[0].Returned = waiting[1].Returned = 0;
            if (LibC.Poll(waiting, 2, -1) < 0 && LibC.LastError != LibC.Interrupted)
            {
                break;
            }

            if (Volatile.Read(ref _isDisposed) != 0)
            {
                return;
            }

            if (waiting[0].Returned == 0)
            {
                continue;
            }

            nint read = LibC.Read(_descriptor, buffer, (nuint)(MaxRecords * _recordBytes));
            if (read < 0 && LibC.LastError is LibC.Again or LibC.Interrupted)
            {
                continue;
            }

            if (read < _recordBytes)
            {
                break;
            }

            for (int start = 0; start + _recordBytes <= read && Volatile.Read(ref _isDisposed) == 0; start += _recordBytes)
            {
                _take(new ReadOnlySpan<byte>(buffer + start, _recordBytes));
            }
        }

        if (Volatile.Read(ref _isDisposed) == 0)
        {
            _lost();
        }
    }
}
