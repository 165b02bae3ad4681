using System.Net;
using System.Text.RegularExpressions;
using HomeHub.Profiles.Catalogue;
using HomeHub.Testing.Programs;
using HomeHub.Web.Look;
using HomeHub.Web.Tests.Bench;
using Microsoft.AspNetCore.Components;

namespace HomeHub.Web.Tests.Look;

/// <summary>One design: what it is made of, and where that is seen.</summary>
public sealed partial class LookTests
{
    private static string WebFolder => Path.Combine(Executable.Repository, "gateway", "HomeHub.Web");

    [Fact]
    public async Task Every_component_of_the_look_is_on_the_page_that_shows_them_all()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        await bench.OpenBrowser().ReadAsync("/design");
        Type[] components = [.. typeof(PagesServer).Assembly.GetTypes().Where(type => type.Namespace == typeof(NoticeKind).Namespace && type.IsSubclassOf(typeof(ComponentBase)))];
        Assert.True(components.Length > 10);
        Assert.All(components, component => Assert.Contains(bench.Logs.Lines, line => line.Contains($"({component.FullName})", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Only_those_who_build_pages_have_that_page()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        Assert.Equal(HttpStatusCode.OK, (await bench.OpenBrowser().GetAsync("/design")).StatusCode);
        bench.IsDevelopment = false;
        await bench.RestartAsync();
        Assert.Equal(HttpStatusCode.NotFound, (await bench.OpenBrowser().GetAsync("/design")).StatusCode);
    }

    [Fact]
    public async Task A_state_is_told_by_a_mark_of_its_own_beside_its_colour()
    {
        NoticeKind[] kinds = Enum.GetValues<NoticeKind>();
        Assert.Equal(kinds.Length, kinds.Select(StatusWord.MarkOf).Distinct().Count());
        await using PagesBench bench = await PagesBench.OpenAsync();
        string page = await bench.OpenBrowser().ReadAsync("/design");
        Assert.All(kinds, kind =>
        {
            string mark = $"<span class=\"mark\" aria-hidden=\"true\">{StatusWord.MarkOf(kind)}</span>";
            Assert.Contains($"<span class=\"status-word {StatusWord.ClassOf(kind)}\">{mark}", page, StringComparison.Ordinal);
            Assert.Matches($"<div class=\"notice {StatusWord.ClassOf(kind)}\"[^>]*>\\s*<p class=\"notice-title\">{Regex.Escape(mark)}", page);
        });
    }

    [Fact]
    public async Task Each_kind_of_device_has_a_picture_of_its_own()
    {
        await using PagesBench bench = await PagesBench.OpenAsync();
        string page = await bench.OpenBrowser().ReadAsync("/design");
        string[] pictures = [.. Picture().Matches(page).Select(picture => picture.Value)];

        // One for each kind, and one for what is not known.
        Assert.Equal(Enum.GetValues<DeviceCategory>().Length + 1, pictures.Length);
        Assert.Equal(pictures.Length, pictures.Distinct().Count());
    }

    [Fact]
    public void Colours_stand_in_one_style_sheet_as_tokens()
    {
        string sheet = Assert.Single(Directory.GetFiles(WebFolder, "*.css", SearchOption.AllDirectories), path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal));
        string[] outside = [.. File.ReadAllLines(sheet).Where(line => !line.Contains("--", StringComparison.Ordinal) && Colour().IsMatch(line))];
        Assert.Empty(outside);
        Assert.All(
            Directory.GetFiles(WebFolder, "*.razor", SearchOption.AllDirectories), page => Assert.DoesNotMatch("style=\"|fill=\"#|stroke=\"#", File.ReadAllText(page)));
    }

    [Fact]
    public void Type_is_large()
    {
        string sheet = File.ReadAllText(Path.Combine(WebFolder, "Look", "homehub.css"));
        Assert.Contains("html { font-size: 118.75%;", sheet, StringComparison.Ordinal);
        Assert.Matches(@"\.vital-value \{[^}]*font-size: (1\.[89]|[2-9](\.\d+)?)rem", sheet);
    }

    [GeneratedRegex("<svg class=\"device-picture\".*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(")]
    private static partial Regex Colour();
}
