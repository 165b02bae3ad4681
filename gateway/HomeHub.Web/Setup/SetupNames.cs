using HomeHub.Core.Household;
using HomeHub.Core.Network;
using HomeHub.Core.Peripherals;
using HomeHub.Web.Endpoints;
using HomeHub.Web.Label;
using HomeHub.Web.People;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Setup;

/// <summary>Who is meant, in the words of the guide.</summary>
internal static class SetupNames
{
    /// <summary>The address under which the home network knows the hub: that of the label, with a number where another machine has the name.</summary>
    public static Uri AddressOf(PageContext page)
    {
        Uri label = HubLabel.AddressOf(page.Parts.Hub, page.Http.Request.Host.Port ?? 443);
        return page.Parts.HomeName() is { Condition: HomeNameCondition.Told } told ? new UriBuilder(label) { Host = told.Name }.Uri : label;
    }

    /// <summary>The people who use a device, by the names of home.</summary>
    public static string UsersOf(RegisteredDevice device, IReadOnlyList<HouseholdPerson> people, Language language) => device.People.ToArray() is { Length: > 0 } users
        ? string.Join(", ", users.Select(user => people.FirstOrDefault(person => person.Patient == user) is { } person ? PersonName.Of(person, language) : user.Key))
        : language.Text("status.nobody");
}
