using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace HomeHub.Architecture.Tests;

/// <summary>What a compiled assembly refers to, read from its metadata without loading it.</summary>
/// <param name="Assemblies">Names of the assemblies.</param>
/// <param name="Members">Types that it uses (<c>System.IO.File</c>) and members of them (<c>System.DateTime.get_Now</c>).</param>
internal sealed record CompiledAssembly(IReadOnlySet<string> Assemblies, IReadOnlySet<string> Members)
{
    private static readonly string SharedFolder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../.."));
    private static readonly HashSet<string> BaseLibrary = NamesIn("Microsoft.NETCore.App");
    private static readonly HashSet<string> WebFramework = NamesIn("Microsoft.AspNetCore.App");

    public static CompiledAssembly Load(string assemblyName)
    {
        string path = Path.Combine(AppContext.BaseDirectory, assemblyName + ".dll");
        Assert.True(File.Exists(path), $"{assemblyName}.dll does not stand beside the tests: let HomeHub.Architecture.Tests.csproj refer to what refers to it.");
        using var stream = File.OpenRead(path);
        using var pe = new PEReader(stream);
        MetadataReader metadata = pe.GetMetadataReader();
        HashSet<string> members = [];
        foreach (TypeReferenceHandle handle in metadata.TypeReferences)
        {
            members.Add(NameOf(metadata, handle));
        }

        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference))
        {
            if (member.Parent.Kind == HandleKind.TypeReference)
            {
                members.Add($"{NameOf(metadata, (TypeReferenceHandle)member.Parent)}.{metadata.GetString(member.Name)}");
            }
        }

        return new CompiledAssembly(
            metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToHashSet(),
            members);
    }

    public static bool IsBaseLibrary(string assembly) => BaseLibrary.Contains(assembly);

    /// <summary>Ships beside ASP.NET Core but is not of it: logging, options, hosting abstractions.</summary>
    public static bool IsExtension(string assembly) =>
        WebFramework.Contains(assembly) && assembly.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    public static bool IsWeb(string assembly) => WebFramework.Contains(assembly) && !IsExtension(assembly);

    private static HashSet<string> NamesIn(string framework)
    {
        string newest = Directory.GetDirectories(Path.Combine(SharedFolder, framework)).Max(StringComparer.Ordinal)!;
        return [.. Directory.GetFiles(newest, "*.dll").Select(file => Path.GetFileNameWithoutExtension(file))];
    }

    private static string NameOf(MetadataReader metadata, TypeReferenceHandle handle)
    {
        TypeReference type = metadata.GetTypeReference(handle);
        return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
    }
}
