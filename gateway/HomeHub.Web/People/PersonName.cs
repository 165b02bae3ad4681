using HomeHub.Core.Household;
using HomeHub.Web.Texts;

namespace HomeHub.Web.People;

/// <summary>How a person is called on pages: by the name of home, else as person so and so. Never by what the care team knows them by.</summary>
public static class PersonName
{
    /// <summary>The name.</summary>
    public static string Of(HouseholdPerson person, Language language) => person.Name ?? language.Text("people.unnamed", ("number", person.Number));
}
