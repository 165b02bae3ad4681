using System.Reflection;
using System.Runtime.CompilerServices;
using HomeHub.Core.Buffering;
using HomeHub.Profiles;

namespace HomeHub.Architecture.Tests;

/// <summary>Values of the domain never change once made, so that they may be handed to anybody.</summary>
public sealed class ImmutabilityTests
{
    /// <summary>Public types with members that can be set, each with its reason.</summary>
    private static readonly Dictionary<string, string> Exceptions = new()
    {
        ["HomeHub.Core.Delivery.InFlightBundle"] = "what one planner notes about a Bundle under way; it is handed to nobody else",
    };

    public static TheoryData<Assembly> Domain => [typeof(Reading).Assembly, typeof(Recipient).Assembly];

    [Theory]
    [MemberData(nameof(Domain))]
    public void Public_types_have_nothing_to_set(Assembly assembly)
    {
        Type[] types = [.. assembly.GetExportedTypes().Where(type => !type.IsEnum)];
        Assert.NotEmpty(types);
        IEnumerable<string> settable = types.Where(type => !Exceptions.ContainsKey(type.FullName!))
            .SelectMany(SettableMembers);
        Offences.AreNone(settable);
    }

    private static IEnumerable<string> SettableMembers(Type type)
    {
        const BindingFlags declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (PropertyInfo property in type.GetProperties(declared))
        {
            if (property.SetMethod is { IsPublic: true } set
                && !set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)))
            {
                yield return $"{type.Name}.{property.Name}";
            }
        }

        foreach (FieldInfo field in type.GetFields(declared).Where(field => !field.IsInitOnly && !field.IsLiteral))
        {
            yield return $"{type.Name}.{field.Name}";
        }
    }
}
