namespace HomeHub.Gateway.Logging;

/// <summary>
/// No message repeats without bound. A warning or error that says the same as the last one of its template is written once an hour; of one template, whatever it says, no
/// more than a burst, and then one every five minutes. What was left out is counted, and told with the next line of the template. Not safe for several threads.
/// </summary>
internal sealed class RepeatLimiter
{
    /// <summary>How long a warning that says the same is not written again.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromHours(1);

    /// <summary>Lines of one template that may come at once.</summary>
    public const int Burst = 60;

    /// <summary>How often one more line of a template is let through after a burst.</summary>
    public static readonly TimeSpan RefillInterval = TimeSpan.FromMinutes(5);

    /// <summary>Templates that are remembered; the program has some hundred and fifty. Beyond it all are forgotten, which lets lines through.</summary>
    public const int MaxTemplates = 1_000;

    private readonly Dictionary<(string Category, string Template), Past> _past = [];

    /// <summary>Whether a line is to be written.</summary>
    /// <param name="category">Its category.</param>
    /// <param name="template">Its template.</param>
    /// <param name="message">What it says.</param>
    /// <param name="isTrouble">Whether it is a warning or an error.</param>
    /// <param name="now">Time since any fixed moment.</param>
    /// <param name="leftOut">How many of its template were left out since the last one that was written; 0 when this one is not.</param>
    public bool Allows(string category, string template, string message, bool isTrouble, TimeSpan now, out int leftOut)
    {
        leftOut = 0;
        if (!_past.TryGetValue((category, template), out Past? past))
        {
            if (_past.Count >= MaxTemplates)
            {
                _past.Clear();
            }

            _past[(category, template)] = past = new Past { Tokens = Burst, Refilled = now };
        }

        int more = (int)Math.Min(Burst, (now - past.Refilled) / RefillInterval);
        past.Refilled = past.Tokens + more >= Burst ? now : past.Refilled + (more * RefillInterval);
        past.Tokens = Math.Min(Burst, past.Tokens + more);
        bool isRepeat = isTrouble && message == past.Message && now - past.Written < RepeatInterval && !past.HasChanged;
        if (isRepeat || past.Tokens == 0)
        {
            past.LeftOut++;
            return false;
        }

        (leftOut, past.LeftOut) = (past.LeftOut, 0);
        past.Tokens--;
        (past.Message, past.Written, past.HasChanged) = (message, now, false);
        NoteChange(category, past);
        return true;
    }

    /// <summary>Something else of the category was written: what said the same before is news when it comes again, as a broker that was back in between.</summary>
    private void NoteChange(string category, Past written)
    {
        foreach (((string Category, string Template) key, Past other) in _past)
        {
            if (key.Category == category && other != written)
            {
                other.HasChanged = true;
            }
        }
    }

    private sealed class Past
    {
        public required int Tokens { get; set; }

        public required TimeSpan Refilled { get; set; }

        public string? Message { get; set; }

        public TimeSpan Written { get; set; }

        public bool HasChanged { get; set; }

        public int LeftOut { get; set; }
    }
}
