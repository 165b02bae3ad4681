// Rules of hadolint (https://github.com/hadolint/hadolint/wiki) that concern this Dockerfile, by their numbers; hadolint itself is a program that no package of Debian or npm brings.
import { spawnSync } from 'node:child_process';

const SHELLCHECK_OF_RUN = ['--shell=sh', '--exclude=SC2154', '-'];

export function offences(stages, ignored) {
  const found = [];
  const say = (rule, stage, what) => ignored.includes(rule) || found.push(`${rule} in ${stage.name ?? stage.from}: ${what}`);
  const names = stages.map(stage => stage.name);
  for (const [index, stage] of stages.entries()) {
    const of = keyword => stage.instructions.filter(([word]) => word === keyword).map(([, text]) => text);
    if (!names.slice(0, index).includes(stage.from)) {
      if (!/:[^/]+$/.test(stage.from)) say('DL3006', stage, `${stage.from} has no tag`);
      if (/:latest$/.test(stage.from)) say('DL3007', stage, `${stage.from} is whatever comes`);
    }
    if (stage.name && names.indexOf(stage.name) !== index) say('DL3024', stage, 'the name is used twice');
    for (const directory of of('WORKDIR')) if (!directory.startsWith('/')) say('DL3000', stage, `WORKDIR ${directory} is relative`);
    for (const copied of of('COPY')) {
      const from = /--from=(\S+)/.exec(copied)?.[1];
      if (from && !names.slice(0, index).includes(from)) say('DL3022', stage, `COPY --from=${from} names no stage before`);
      if (!from && copied.trim().split(/\s+/).length > 2 && !/\/$|^\.\/?$/.test(copied.trim().split(/\s+/).at(-1))) say('DL3021', stage, `COPY of several into ${copied}`);
    }
    if (of('ADD').length > 0) say('DL3020', stage, 'ADD in place of COPY');
    if (of('MAINTAINER').length > 0) say('DL4000', stage, 'MAINTAINER');
    for (const keyword of ['CMD', 'ENTRYPOINT']) {
      if (of(keyword).length > 1) say(keyword === 'CMD' ? 'DL4003' : 'DL4004', stage, `several ${keyword}`);
      for (const text of of(keyword)) if (!text.startsWith('[')) say('DL3025', stage, `${keyword} as text`);
    }
    if (of('HEALTHCHECK').length > 1) say('DL3012', stage, 'several HEALTHCHECK');
    for (const script of of('RUN')) {
      if (/\bsudo\b/.test(script)) say('DL3004', stage, 'sudo');
      if (/(^|[;&|]\s*)cd\s/.test(script)) say('DL3003', stage, 'cd in place of WORKDIR');
      if (/apt-get (dist-)?upgrade/.test(script)) say('DL3005', stage, 'upgrade');
      if (/\bapt (install|update)/.test(script)) say('DL3027', stage, 'apt in place of apt-get');
      for (const install of script.matchAll(/apt-get\s+(?:-\S+\s+)*install[^&;|]*/g)) {
        if (!/\s(-y|--yes|-qy)\b/.test(install[0])) say('DL3014', stage, 'install without -y');
        if (!/--no-install-recommends/.test(install[0])) say('DL3015', stage, 'install with recommendations');
        if (!/=/.test(install[0])) say('DL3008', stage, 'packages without versions');
        if (!/rm -rf? \/var\/lib\/apt\/lists\/\*/.test(script)) say('DL3009', stage, "apt's lists stay");
      }
      if (/\|(?!\|)/.test(script.replace(/'[^']*'|"[^"]*"/g, '')) && !of('SHELL').some(shell => shell.includes('pipefail'))) say('DL4006', stage, 'a pipe without pipefail');
      const shellcheck = spawnSync('shellcheck', SHELLCHECK_OF_RUN, { input: script, encoding: 'utf8' });
      if (shellcheck.status !== 0) say('SC', stage, shellcheck.stdout + (shellcheck.error ?? ''));
    }
    const users = of('USER');
    if (users.at(-1) === 'root' || users.at(-1) === '0') say('DL3002', stage, 'ends as root');
  }
  return found;
}
