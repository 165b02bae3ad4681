using System.Globalization;
using HomeHub.Core.Board;

namespace HomeHub.Core.Tests.Board;

/// <summary>Edges and time in, what the person means out. Each row: edges <c>d</c>own and <c>u</c>p and ticks <c>t</c> at milliseconds, then the signs in their order.</summary>
public sealed class ButtonGesturesTests
{
    [Theory]
    [InlineData("d0 u200 t300", "Short")]
    [InlineData("d0 u2999 t3100", "Short")]
    [InlineData("d0 t3000 u3000 t3100", "HeldForPairing Pairing")]
    [InlineData("d0 t2999 u3500 t3600", "HeldForPairing Pairing")]
    [InlineData("d0 t3000 t9999 u9999 t10100", "HeldForPairing Pairing")]
    [InlineData("d0 t3000 t10000 u10000 t10100", "HeldForPairing HeldForReset ResetAsked")]
    [InlineData("d0 t3000 t10000 t20000 u20000 t20100", "HeldForPairing HeldForReset HeldTooLong")]
    [InlineData("d0 t86400000 u86400000 t86400100", "HeldForPairing HeldForReset HeldTooLong")]
    public void A_press_means_what_its_length_says(string steps, string signs) => Assert.Equal(signs, Play(steps));

    [Theory]
    // Bouncing when it goes down, and up.
    [InlineData("d0 u3 d5 u9 d12 u200 d203 u207 t300", "Short")]
    // A spike is no press; chatter without end isn't either.
    [InlineData("d0 u29 t100", "")]
    [InlineData("d0 u20 d40 u60 d80 u100 t200", "")]
    // Contacts that let go for a moment in the middle of a long hold.
    [InlineData("d0 t1000 u1500 d1510 t3000 u3200 t3300", "HeldForPairing Pairing")]
    // Two short presses are two.
    [InlineData("d0 u100 d250 u400 t500", "Short Short")]
    // An edge that the kernel told twice.
    [InlineData("d0 d1 u200 u201 t300", "Short")]
    // It was held while the hub started: only its end is seen.
    [InlineData("u0 t100", "")]
    public void Contacts_that_bounce_are_no_presses(string steps, string signs) => Assert.Equal(signs, Play(steps));

    [Theory]
    [InlineData("d0 u10500 t10600 d13000 u13200 t13300", "HeldForPairing HeldForReset ResetAsked ResetConfirmed")]
    [InlineData("d0 u10500 t10600 t25499 d25499 u25700 t25800", "HeldForPairing HeldForReset ResetAsked ResetConfirmed")]
    [InlineData("d0 u10500 t10600 t25500", "HeldForPairing HeldForReset ResetAsked ResetLapsed")]
    // Too late: an ordinary press.
    [InlineData("d0 u10500 t10600 d25600 u25800 t25900", "HeldForPairing HeldForReset ResetAsked ResetLapsed Short")]
    // A hand that trembles when it lets go confirms nothing; the press after it does.
    [InlineData("d0 u10500 d10600 u10700 t10800 d12000 u12200 t12300", "HeldForPairing HeldForReset ResetAsked ResetConfirmed")]
    [InlineData("d0 u10500 d10600 u10700 t25500", "HeldForPairing HeldForReset ResetAsked ResetLapsed")]
    // Held once more instead: taken back, and nothing else begins.
    [InlineData("d0 u10500 d13000 t16000 t23000 u24000 t24100 t30000", "HeldForPairing HeldForReset ResetAsked ResetLapsed")]
    // After all of it a press is a press again.
    [InlineData("d0 u10500 d13000 u13200 t13300 d20000 u20200 t20300", "HeldForPairing HeldForReset ResetAsked ResetConfirmed Short")]
    public void Networks_are_forgotten_only_when_that_is_confirmed(string steps, string signs) => Assert.Equal(signs, Play(steps));

    [Fact]
    public void It_says_when_it_has_to_be_asked_again()
    {
        var gestures = new ButtonGestures();
        Assert.Null(gestures.Next);
        gestures.Take(new ButtonEdge(true, Milliseconds(1_000)));
        Assert.Equal(Milliseconds(1_030), gestures.Next);
        gestures.Tick(Milliseconds(1_030));
        Assert.Equal(Milliseconds(4_000), gestures.Next);
        gestures.Tick(Milliseconds(4_000));
        Assert.Equal(Milliseconds(11_000), gestures.Next);
        gestures.Tick(Milliseconds(11_000));
        Assert.Equal(Milliseconds(21_000), gestures.Next);
        gestures.Take(new ButtonEdge(false, Milliseconds(12_000)));
        gestures.Tick(Milliseconds(12_030));
        Assert.Equal(Milliseconds(27_000), gestures.Next);
        gestures.Tick(Milliseconds(27_000));
        Assert.Null(gestures.Next);
    }

    /// <summary>A timer that comes late, and ticks that come often, change nothing of what is meant.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(450)]
    public void How_often_it_is_asked_changes_nothing(int every)
    {
        var gestures = new ButtonGestures();
        List<ButtonSign> signs = [];
        (int At, bool IsPressed)[] edges = [(100, true), (103, false), (106, true), (10_700, false), (10_703, true), (10_708, false), (14_000, true), (14_150, false)];
        int next = 0;
        for (int now = 0; now <= 32_000; now += every)
        {
            while (next < edges.Length && edges[next].At <= now)
            {
                signs.AddRange(gestures.Take(new ButtonEdge(edges[next].IsPressed, Milliseconds(edges[next].At))));
                next++;
            }

            signs.AddRange(gestures.Tick(Milliseconds(now)));
        }

        Assert.Equal([ButtonSign.HeldForPairing, ButtonSign.HeldForReset, ButtonSign.ResetAsked, ButtonSign.ResetConfirmed], signs);
    }

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private static string Play(string steps)
    {
        var gestures = new ButtonGestures();
        List<ButtonSign> signs = [];
        foreach (string step in steps.Split(' '))
        {
            TimeSpan at = Milliseconds(int.Parse(step.AsSpan(1), CultureInfo.InvariantCulture));
            signs.AddRange(step[0] == 't' ? gestures.Tick(at) : gestures.Take(new ButtonEdge(step[0] == 'd', at)));
        }

        return string.Join(' ', signs);
    }
}
