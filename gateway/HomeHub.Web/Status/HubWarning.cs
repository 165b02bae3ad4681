namespace HomeHub.Web.Status;

/// <summary>Something that somebody should look at.</summary>
/// <param name="Kind">What.</param>
/// <param name="Count">How many readings or payloads it concerns; 0 where it is not a matter of how many.</param>
public sealed record HubWarning(WarningKind Kind, long Count = 0);
