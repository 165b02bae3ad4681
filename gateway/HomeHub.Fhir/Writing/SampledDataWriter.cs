using HomeHub.Fhir.Terms;
using HomeHub.Profiles;

namespace HomeHub.Fhir.Writing;

/// <summary>Writes SampledData (docs/phd-fhir-rules.md, section 5): the samples as the device sent them, so the factor is 1 and the origin 0.</summary>
internal static class SampledDataWriter
{
    public static void Write(JsonBuffer json, SampledValue waveform)
    {
        json.Raw(",\"valueSampledData\":{\"origin\":{\"value\":0"u8);
        json.Raw(TermFragments.Of(waveform.Unit));
        json.Raw(",\"period\":"u8);
        json.Number(waveform.PeriodMilliseconds);
        json.Raw(",\"factor\":1,\"dimensions\":1,\"data\":\""u8);
        for (int i = 0; i < waveform.Samples.Length; i++)
        {
            json.Raw(i == 0 ? ""u8 : " "u8);
            json.Number(waveform.Samples[i]);
        }

        json.Raw("\"}"u8);
    }
}
