using HomeHub.Core.Household;
using HomeHub.Core.Peripherals;
using HomeHub.Web.People;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Setup;

/// <summary>Who is meant, in the words of the guide.</summary>
internal static class SetupNames
{
    /// <summary>The people who use a device, by the names of home.</summary>
    public static string UsersOf(RegisteredDevice device, IReadOnlyList<HouseholdPerson> people, Language language) => device.People.ToArray() is { Length: > 0 } users
        ? string.Join(", ", users.Select(user => people.FirstOrDefault(person => person.Patient == user) is { } person ? PersonName.Of(person, language) : user.Key))
        : language.Text("status.nobody");
}
