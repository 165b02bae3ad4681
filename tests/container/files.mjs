// Dockerfile and compose.yaml as data.
import { readFileSync } from 'node:fs';
import { DockerfileParser } from 'dockerfile-ast';
import { parse } from 'yaml';

// What follows an instruction's word, its flags too, with what continues it in one line.
function joined(instruction, lines) {
  const { start, end } = instruction.getRange();
  const text = lines.slice(start.line, end.line + 1).join('\n');
  return text.slice(start.character).replace(/^\S+\s*/, '').replace(/\\\r?\n\s*/g, ' ').trim();
}

// The stages in order: name, image or stage that it begins from, platform, instructions as [keyword, text].
export function readStages(file) {
  const text = readFileSync(file, 'utf8');
  const lines = text.split('\n');
  const stages = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const keyword = instruction.getKeyword();
    if (keyword === 'FROM') {
      stages.push({ name: instruction.getBuildStage(), from: instruction.getImage(), platform: instruction.getPlatformFlag()?.getValue() ?? null, instructions: [] });
    } else {
      stages.at(-1).instructions.push([keyword, joined(instruction, lines)]);
    }
  }
  return stages;
}

// What hadolint is to pass over, by the comment before a line: number of the rule to the lines.
export const readIgnored = file => readFileSync(file, 'utf8').split('\n').flatMap(line => /#\s*hadolint ignore=([\w,]+)/.exec(line)?.[1].split(',') ?? []);

export const readServices = file => parse(readFileSync(file, 'utf8'));
