namespace HomeHub.DBus;

/// <summary>Who takes signals. Only on the loop's thread.</summary>
internal sealed class SignalTable
{
    private SignalSubscription[] _subscriptions = [];

    public bool Add(SignalSubscription subscription)
    {
        _subscriptions = [.. _subscriptions, subscription];
        return true;
    }

    public bool Remove(SignalSubscription subscription)
    {
        _subscriptions = [.. _subscriptions.Where(other => other != subscription)];
        return true;
    }

    public void Give(DBusSignal signal)
    {
        foreach (SignalSubscription subscription in _subscriptions)
        {
            if (subscription.Takes(signal))
            {
                subscription.Give(signal);
            }
        }
    }
}
