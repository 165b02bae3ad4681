namespace HomeHub.Web.SignIn;

/// <summary>What became of a try to sign in.</summary>
/// <param name="IsRight">Whether it was right.</param>
/// <param name="Wait">How long the next try has to wait; zero when it need not.</param>
internal readonly record struct SignInOutcome(bool IsRight, TimeSpan Wait);
