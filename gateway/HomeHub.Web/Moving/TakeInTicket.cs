using System.Security.Cryptography;
using HomeHub.Core.Moving;

namespace HomeHub.Web.Moving;

/// <summary>That somebody has shown the claim code, and the transfer code that was typed with it, until the file comes: in memory, for the newest one only, for a limited time.</summary>
internal sealed class TakeInTicket(TimeProvider time)
{
    /// <summary>How long a file may be looked for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(30);

    private readonly Lock _lock = new();
    private string _name = "";
    private TransferCode? _code;
    private long _madeAt;

    /// <summary>Makes a ticket, which the form with the file carries.</summary>
    public string Make(TransferCode code)
    {
        lock (_lock)
        {
            (_name, _code, _madeAt) = (RandomNumberGenerator.GetHexString(32, lowercase: true), code, time.GetTimestamp());
            return _name;
        }
    }

    /// <summary>The transfer code of a ticket; null when it is not the one, or too old.</summary>
    public TransferCode? Find(string name)
    {
        lock (_lock)
        {
            return name == _name && time.GetElapsedTime(_madeAt) < Limit ? _code : null;
        }
    }
}
