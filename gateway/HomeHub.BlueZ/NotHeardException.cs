namespace HomeHub.BlueZ;

/// <summary>The time to connect ended before the device was heard at all.</summary>
internal sealed class NotHeardException(OperationCanceledException cause, CancellationToken cancellation)
    : OperationCanceledException("The device was not heard.", cause, cancellation);
