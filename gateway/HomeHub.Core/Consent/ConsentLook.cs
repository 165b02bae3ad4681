using HomeHub.Core.Buffering;
using Microsoft.Extensions.Logging;

namespace HomeHub.Core.Consent;

/// <summary>Looks at what people decided. Where that can't be read nothing may go, which is reported once for as long as it lasts. Not safe for several threads.</summary>
internal sealed class ConsentLook(IConsentBook book, ILogger logger)
{
    private string? _reported;

    /// <summary>What holds now; <see cref="ConsentState.Unknown"/> where nobody can tell.</summary>
    public ConsentState Now()
    {
        try
        {
            ConsentState state = book.State;
            _reported = null;
            return state;
        }
        catch (BufferException error)
        {
            if (error.Message != _reported)
            {
                _reported = error.Message;
                logger.LogError("What people consented to can't be read, so nothing more is sent: {Error}", error.Message);
            }

            return ConsentState.Unknown;
        }
    }
}
