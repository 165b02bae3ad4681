using System.Globalization;
using HomeHub.Core.Buffering;

namespace HomeHub.Sqlite;

/// <summary>The names of one recipient's counters, made once.</summary>
internal sealed class RecipientCounters(string slug)
{
    private readonly string[] _states =
        [.. Enum.GetValues<DeliveryState>().Select(state => string.Create(CultureInfo.InvariantCulture, $"{Counters.StatePrefix}{slug}/{(int)state}"))];

    /// <summary>Name of the count of readings in a state.</summary>
    public string Of(DeliveryState state) => _states[(int)state];

    /// <summary>Name of the count of readings rejected for a reason.</summary>
    public string OfReason(string reason) => $"{Counters.RejectedPrefix}{slug}/{reason}";
}
