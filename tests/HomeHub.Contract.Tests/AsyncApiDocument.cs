using YamlDotNet.RepresentationModel;

namespace HomeHub.Contract.Tests;

/// <summary>docs/asyncapi.yaml, found upwards of the test's folder and read without regard to its order.</summary>
internal sealed class AsyncApiDocument
{
    private readonly YamlMappingNode _root;

    private AsyncApiDocument(YamlMappingNode root) => _root = root;

    public static AsyncApiDocument Load()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "HomeHub.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("HomeHub.sln is in no folder above the tests.");
        }

        using var reader = new StreamReader(Path.Combine(folder.FullName, "docs", "asyncapi.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        return new AsyncApiDocument((YamlMappingNode)stream.Documents.Single().RootNode);
    }

    /// <summary>A node by its keys; <c>$ref</c>s on the way are followed.</summary>
    public YamlNode Node(params string[] path) => path.Aggregate((YamlNode)_root, Step);

    public string Text(params string[] path) => ((YamlScalarNode)Node(path)).Value!;

    public string[] Keys(params string[] path) => [.. ((YamlMappingNode)Node(path)).Children.Keys.Select(key => ((YamlScalarNode)key).Value!)];

    public string[] Texts(params string[] path) => [.. ((YamlSequenceNode)Node(path)).Select(node => ((YamlScalarNode)node).Value!)];

    /// <summary>Every <c>$ref</c> of the document.</summary>
    public IReadOnlyList<string> References()
    {
        var found = new List<string>();
        Visit(_root);
        return found;

        void Visit(YamlNode node)
        {
            switch (node)
            {
                case YamlMappingNode mapping:
                    foreach (var (key, value) in mapping.Children)
                    {
                        if (((YamlScalarNode)key).Value == "$ref")
                        {
                            found.Add(((YamlScalarNode)value).Value!);
                        }

                        Visit(value);
                    }

                    break;
                case YamlSequenceNode sequence:
                    foreach (var item in sequence)
                    {
                        Visit(item);
                    }

                    break;
            }
        }
    }

    public YamlNode Follow(string reference)
    {
        Assert.StartsWith("#/", reference, StringComparison.Ordinal);
        return Node(reference[2..].Split('/'));
    }

    /// <summary>An example as the JSON that it stands for: strings, integers, lists and objects are all that the contract has.</summary>
    public static string ToJson(YamlNode node) => node switch
    {
        YamlMappingNode mapping => $"{{{string.Join(',', mapping.Children.Select(pair => $"{ToJson(pair.Key)}:{ToJson(pair.Value)}"))}}}",
        YamlSequenceNode sequence => $"[{string.Join(',', sequence.Select(ToJson))}]",
        YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: var value } when long.TryParse(value, out _) => value!,
        YamlScalarNode { Value: var value } => $"\"{value}\"",
        _ => throw new InvalidOperationException("No such node in JSON."),
    };

    private YamlNode Step(YamlNode node, string key)
    {
        var children = ((YamlMappingNode)node).Children;
        Assert.True(children.TryGetValue(new YamlScalarNode(key), out var child), $"docs/asyncapi.yaml has no '{key}' where one is expected");
        return child is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode("$ref"), out var reference)
            ? Follow(((YamlScalarNode)reference).Value!)
            : child!;
    }
}
