namespace HomeHub.Profiles.OmronMemory;

/// <summary>Where a model keeps its records: a ring of slots for each user. Only models whose map a public source holds.</summary>
/// <param name="Model">Its name, as on its label and in <see cref="SessionContext.OmronModel"/>.</param>
/// <param name="Layout">How a record is laid out.</param>
/// <param name="UserAddresses">Address of the first slot of each user, user 1 first.</param>
/// <param name="SlotsPerUser">Slots in each ring.</param>
/// <param name="RecordOctets">Octets in a slot.</param>
public sealed record OmronMemoryMap(string Model, OmronLayout Layout, ushort[] UserAddresses, int SlotsPerUser, int RecordOctets)
{
    /// <summary>What the model wants before it lets its memory be read.</summary>
    public OmronAccess Access { get; private init; }

    /// <summary>What the model is called beside <see cref="Model"/>, by where it is sold.</summary>
    public string[] Variants { get; private init; } = [];

    /// <summary>All maps.</summary>
    public static readonly IReadOnlyList<OmronMemoryMap> All =
    [
        new("HEM-7142T2", OmronLayout.LittleEndian, [0x02E8], 14, 14) 
        {
            Access = OmronAccess.Token,
            Variants = ["HEM-7142T2-AP", "HEM-7142T2-Z", "HEM-7142T2-ZAZ", "HEM-7142T2_JAZ"],
        },
        new("HEM-7150T", OmronLayout.LittleEndian, [0x0098], 60, 16),
        new("HEM-7155T", OmronLayout.LittleEndian, [0x0098, 0x0458], 60, 16),
        new("HEM-7322T", OmronLayout.BigEndian, [0x02AC, 0x0824], 100, 14),
        new("HEM-7342T", OmronLayout.LittleEndian, [0x0098, 0x06D8], 100, 16),
        new("HEM-7361T", OmronLayout.LittleEndian, [0x0098, 0x06D8], 100, 16),
        new("HEM-7600T", OmronLayout.BigEndian, [0x02AC], 100, 14),
    ];

    /// <summary>The map of a model, by any of its names; null where none is known.</summary>
    public static OmronMemoryMap? Find(string? model)
    {
        foreach (OmronMemoryMap map in All)
        {
            if (model is not null && (map.Model == model || Array.IndexOf(map.Variants, model) >= 0))
            {
                return map;
            }
        }

        return null;
    }

    /// <summary>Address of a slot.</summary>
    /// <param name="user">0 for user 1.</param>
    /// <param name="slot">From 0.</param>
    public ushort AddressOf(int user, int slot) => (ushort)(UserAddresses[user] + (slot * RecordOctets));

    /// <summary>The user whose slot starts at an address, 1 or 2 as the monitor calls them; null where no slot starts.</summary>
    public byte? UserOf(ushort address)
    {
        for (int user = 0; user < UserAddresses.Length; user++)
        {
            int offset = address - UserAddresses[user];
            if (offset >= 0 && offset < SlotsPerUser * RecordOctets && offset % RecordOctets == 0)
            {
                return (byte)(user + 1);
            }
        }

        return null;
    }
}
