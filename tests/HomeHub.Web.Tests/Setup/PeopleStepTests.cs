using System.Net;
using HomeHub.Core.Audit;
using HomeHub.Core.Household;
using HomeHub.Core.Identity;
using HomeHub.Testing;
using HomeHub.Web.Setup;
using HomeHub.Web.Tests.Bench;

namespace HomeHub.Web.Tests.Setup;

public sealed class PeopleStepTests : IAsyncLifetime
{
    private PagesBench _bench = null!;
    private PageBrowser _nurse = null!;

    public async Task InitializeAsync()
    {
        _bench = await PagesBench.OpenAsync();
        _nurse = await _bench.SignInAsync(0);
        await _nurse.GetAsync("/setup/people");
    }

    public async Task DisposeAsync() => await _bench.DisposeAsync();

    [Theory]
    [InlineData("Patient/123", "Patient/123")]
    [InlineData("  patient/a-b.9\r\n", "Patient/a-b.9")]
    [InlineData("urn:oid:2.16.724.4.40 | 4711 ", "urn:oid:2.16.724.4.40|4711")]
    public async Task A_person_is_shown_back_and_added_only_then(string typed, string key)
    {
        HttpResponseMessage shown = await _nurse.PostAsync("/setup/people/check", ("id", typed));
        Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
        Assert.Contains(PatientReference.TryParse(key, out PatientReference? patient) ? patient!.Value : "", await shown.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, (await _bench.Household.ListPeopleAsync(default)).Count);
        Assert.Equal(HttpStatusCode.SeeOther, (await _nurse.PostAsync("/setup/people/add", ("id", key), ("name", " Amaia "), ("language", "eu"))).StatusCode);
        HouseholdPerson added = (await _bench.Household.ListPeopleAsync(default))[^1];
        Assert.Equal((patient, "Amaia", "eu", false), (added.Patient, added.Name, added.Language, added.HasPin));
        AuditNote note = (await _bench.Audit.ReadLastAsync(default))!.Note;
        Assert.Equal((AuditActs.PersonAdded, patient), (note.Act, note.Patient));
    }

    [Theory]
    [InlineData("", "write the id first")]
    [InlineData("123", "one of two forms")]
    [InlineData("Practitioner/123", "one of two forms")]
    [InlineData("Patient/", "one of two forms")]
    [InlineData("Patient/1 2", "one of two forms")]
    [InlineData("Patient/123Patient/123", "one of two forms")]
    [InlineData("urn:x|1|2", "one of two forms")]
    [InlineData("two words|1", "one of two forms")]
    [InlineData("|1", "one of two forms")]
    [InlineData("urn:x|", "one of two forms")]
    [InlineData("urn:x|1\u00072", "one of two forms")]
    [InlineData("urn:x|1234567890123456789012345678901234567890123456789012345678901234567890123", "longer than an id")]
    public async Task A_wrong_id_is_told_in_plain_words_and_adds_nobody(string typed, string said)
    {
        foreach (string path in new[] { "/setup/people/check", "/setup/people/add" })
        {
            HttpResponseMessage answer = await _nurse.PostAsync(path, ("id", typed), ("name", ""), ("language", ""));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains(said, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await _bench.Household.ListPeopleAsync(default)).Count);
    }

    [Fact]
    public async Task Who_is_here_already_is_not_added_twice()
    {
        HttpResponseMessage answer = await _nurse.PostAsync("/setup/people/add", ("id", SampleReadings.OtherPatient.Key), ("name", "Another"), ("language", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Contains("is here already", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Null((await _bench.Household.FindPersonAsync(2, default))!.Name);
    }

    [Fact]
    public async Task The_wrong_one_is_removed_again_after_a_question()
    {
        string question = await _nurse.ReadAsync("/setup/people/2/remove");
        Assert.Contains(SampleReadings.OtherPatient.Key, question, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await _nurse.PostAsync("/setup/people/2/remove", ("confirmed", "yes"))).StatusCode);
        Assert.Null(await _bench.Household.FindPersonAsync(2, default));
        Assert.Equal((AuditActs.PersonRemoved, SampleReadings.OtherPatient), ((await _bench.Audit.ReadLastAsync(default))!.Note.Act, (await _bench.Audit.ReadLastAsync(default))!.Note.Patient));
        Assert.Equal(HttpStatusCode.NotFound, (await _nurse.GetAsync("/setup/people/2/remove")).StatusCode);
    }

    [Fact]
    public async Task Who_has_devices_or_readings_here_stays()
    {
        Assert.Contains("can't be removed", await _nurse.ReadAsync("/setup/people/1/remove"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await _nurse.PostAsync("/setup/people/1/remove", ("confirmed", "yes"))).StatusCode);
        Assert.NotNull(await _bench.Household.FindPersonAsync(1, default));
    }

    [Fact]
    public void Nothing_that_was_typed_stands_in_an_address() =>
        Assert.DoesNotContain(HomeHub.Web.Endpoints.PageTable.All, endpoint => endpoint.Route.StartsWith("/setup/people", StringComparison.Ordinal) && endpoint.Route.Contains("{id", StringComparison.Ordinal));
}
