using HomeHub.Gateway.Hub;

namespace HomeHub.Gateway.Tests;

public sealed class ProgramPagesTests
{
    [Theory]
    [InlineData("r-xp", "/usr/lib/libc.so.6", 0, 0, true)]
    [InlineData("r-xp", "/usr/lib/libc.so.6", 4, 0, false)] // a patched page exists nowhere else
    [InlineData("r-xp", "/usr/lib/libc.so.6", 0, 4, false)]
    [InlineData("r--p", "/usr/lib/libc.so.6", 0, 0, false)] // relocated once, then protected
    [InlineData("rw-p", "/usr/lib/libc.so.6", 0, 0, false)]
    [InlineData("rwxp", "/usr/lib/libc.so.6", 0, 0, false)]
    [InlineData("r--s", "/opt/homehub/HomeHub.Web.dll", 0, 0, true)]
    [InlineData("r--s", "/var/lib/homehub/buffer.db", 0, 0, false)] // no program
    [InlineData("r-xp", "[vdso]", 0, 0, false)]
    [InlineData("r-xs", "/memfd:doublemapper", 0, 0, false)]
    public void Only_clean_pages_of_program_files_are_let_go(string rights, string file, int dirty, int anonymous, bool isFound)
    {
        string[] smaps =
        [
            $"00401000-00403000 {rights} 00001000 08:01 1234    {file}", "Size:                  8 kB", "Shared_Dirty:          0 kB",
            $"Private_Dirty:         {dirty} kB", $"Anonymous:             {anonymous} kB", "VmFlags: rd ex mr mw me",
        ];
        List<(nuint Start, nuint Length)> found = ProgramPages.FindClean(smaps);
        Assert.Equal(isFound ? [((nuint)0x401000, (nuint)0x2000)] : [], found);
    }

    [Fact]
    public void The_program_goes_on_when_its_code_was_let_go()
    {
        Assert.True(ProgramPages.Release() > 0);
        Assert.Equal(4950, Enumerable.Range(0, 100).Sum());
    }
}
