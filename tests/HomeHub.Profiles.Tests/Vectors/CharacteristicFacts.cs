namespace HomeHub.Profiles.Tests.Vectors;

/// <summary>
/// How the vectors' words for one characteristic translate to what we decode. One class a characteristic, beside the tests of its
/// profile; found by reflection.
/// </summary>
internal abstract class CharacteristicFacts
{
    private static readonly Dictionary<BluetoothUuid, CharacteristicFacts> All = typeof(CharacteristicFacts).Assembly.GetTypes()
        .Where(type => type.IsSubclassOf(typeof(CharacteristicFacts)) && !type.IsAbstract)
        .Select(type => (CharacteristicFacts)Activator.CreateInstance(type)!)
        .ToDictionary(facts => facts.Characteristic);

    private static readonly Dictionary<string, VectorRuling> None = [];

    public abstract BluetoothUuid Characteristic { get; }

    /// <summary>Why a cut payload can be a whole one (a list that runs to the end, a text); null when every cut must be rejected.</summary>
    public virtual string? WhyCutsCanBeWhole => null;

    /// <summary>Why a longer payload can be a whole one; null when every left-over octet must be rejected.</summary>
    public virtual string? WhyMoreCanBeWhole => null;

    /// <summary>Vectors on which our rule differs from the source's, by id.</summary>
    protected virtual IReadOnlyDictionary<string, VectorRuling> Rulings => None;

    public static CharacteristicFacts? Find(BluetoothUuid characteristic) => All.GetValueOrDefault(characteristic);

    public static IEnumerable<CharacteristicFacts> Every => All.Values;

    public IEnumerable<string> RuledIds => Rulings.Keys;

    /// <summary>What earlier payloads of the connection must have told for the vector to mean what it means.</summary>
    public virtual SessionContext ContextOf(GattVector vector) => SessionContext.Empty;

    public VectorRuling? RulingOn(GattVector vector) => Rulings.GetValueOrDefault(vector.Id);

    /// <summary>Writes down what was decoded.</summary>
    public abstract void Collect(GattVector vector, DecodeResult result, FactSheet facts);
}
