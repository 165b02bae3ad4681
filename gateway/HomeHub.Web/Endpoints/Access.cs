namespace HomeHub.Web.Endpoints;

/// <summary>Who may use an endpoint.</summary>
public enum Access
{
    /// <summary>Anyone on the home network, signed in or not.</summary>
    Anyone,

    /// <summary>Anyone who is signed in.</summary>
    SignedIn,

    /// <summary>The person whose number stands in the path as <c>{person}</c>, and the nurse.</summary>
    Person,

    /// <summary>The nurse.</summary>
    Nurse,
}
