using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Core.Peripherals;
using HomeHub.Core.Setup;
using HomeHub.Profiles;
using HomeHub.Profiles.Catalogue;
using HomeHub.Web.Endpoints;
using HomeHub.Web.People;
using HomeHub.Web.Texts;

namespace HomeHub.Web.Devices;

/// <summary>A device that is set up, with what a page says of it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Match">Its model; null: none of the catalogue.</param>
/// <param name="Kind">What it is to a person; null: not known.</param>
/// <param name="People">The people of the household, for their names.</param>
public sealed record DeviceSight(RegisteredDevice Device, CatalogueMatch? Match, DeviceCategory? Kind, IReadOnlyList<HouseholdPerson> People)
{
    /// <summary>Reads a device; null where nobody has set it up.</summary>
    public static async Task<DeviceSight?> FindAsync(PageContext page, string address) =>
        await page.Parts.Devices.FindAsync(address, page.Cancellation).ConfigureAwait(false) is { } device
            ? await OfAsync(page, device, await ListPeopleAsync(page).ConfigureAwait(false)).ConfigureAwait(false)
            : null;

    /// <summary>All devices, by address.</summary>
    public static async Task<IReadOnlyList<DeviceSight>> ListAsync(PageContext page)
    {
        IReadOnlyList<HouseholdPerson> people = await ListPeopleAsync(page).ConfigureAwait(false);
        List<DeviceSight> all = [];
        foreach (RegisteredDevice device in await page.Parts.Devices.ListAsync(page.Cancellation).ConfigureAwait(false))
        {
            all.Add(await OfAsync(page, device, people).ConfigureAwait(false));
        }

        return all;
    }

    /// <summary>What it is called: the name that it told, else that it has none.</summary>
    public string NameIn(Language language) => Device.Name ?? language.Text("status.no-name");

    /// <summary>Who uses it, by the names of home; that nobody does.</summary>
    public string UsersIn(Language language) => Device.People.ToArray() is { Length: > 0 } people
        ? string.Join(", ", people.Select(person => NameOf(person, language)))
        : language.Text("status.nobody");

    /// <summary>What a person is called at home.</summary>
    public string NameOf(PatientReference patient, Language language) =>
        People.FirstOrDefault(person => person.Patient == patient) is { } person ? PersonName.Of(person, language) : patient.Key;

    /// <summary>The models that a device may be, as they are sold.</summary>
    public static string ModelsOf(CatalogueMatch match) => string.Join(" / ", match.Candidates.Select(candidate => candidate.DisplayName));

    /// <summary>People whom devices name are among the household's before they are asked for.</summary>
    private static async Task<IReadOnlyList<HouseholdPerson>> ListPeopleAsync(PageContext page)
    {
        await page.Household.AddPeopleAsync(await page.Parts.KnownPatients(page.Cancellation).ConfigureAwait(false), page.Cancellation).ConfigureAwait(false);
        return await page.Household.ListPeopleAsync(page.Cancellation).ConfigureAwait(false);
    }

    private static async Task<DeviceSight> OfAsync(PageContext page, RegisteredDevice device, IReadOnlyList<HouseholdPerson> people)
    {
        DeviceMemory memory = await page.Parts.Devices.GetMemoryAsync(device.Address, page.Cancellation).ConfigureAwait(false);
        CatalogueMatch? match = page.Parts.Models.Find(new DeviceSighting { Name = device.Name, ModelNumber = memory.Model });

        // Right after it was paired no connection has told its services yet.
        IEnumerable<BluetoothUuid> services = (page.Parts.Nearby?.Find(device.Address)?.Services ?? []).Concat(memory.Descriptions.Select(value => value.Service).Concat(memory.Marks.Select(mark => mark.Service)).Select(BluetoothUuid.Of));
        return new DeviceSight(device, match, NearbyDevice.KindOf(match, services), people);
    }
}
