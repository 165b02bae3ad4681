// The checks of tests/container/run, in a mount and process namespace of its own: container.mjs BASE WORK
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, chownSync, writeFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readIgnored, readServices, readStages } from './files.mjs';
import { offences } from './rules.mjs';
import { APP_UID, Builder, filesBelow, machineOf } from './stages.mjs';

const [base, work] = process.argv.slice(2);
const here = import.meta.dirname, repository = resolve(here, '../..');
const dockerfile = join(repository, 'Dockerfile'), compose = join(repository, 'compose.yaml');
const PATIENCE_MS = 120_000;
const EM_X86_64 = 62, EM_AARCH64 = 183;

let passed = 0, failed = 0;
async function check(what, holds) {
  try {
    await holds();
    passed++;
    console.log(`passed  ${what}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${what}: ${error.message}`);
  }
}
const expect = (holds, what) => { if (!holds) throw new Error(what); };
const tool = (name, ...args) => spawnSync(join(here, 'node_modules/.bin', name), args, { encoding: 'utf8' });

const stages = readStages(dockerfile), services = readServices(compose);
const find = name => stages.find(stage => stage.name === name);

await check('the Dockerfile has no fault that dockerfile-utils knows', () => {
  const said = tool('dockerfile-utils', 'lint', dockerfile);
  expect(said.status === 0 && said.stdout.trim() === '', said.stdout + said.stderr);
});
await check("the Dockerfile keeps hadolint's rules, and each RUN those of shellcheck", () => {
  const found = offences(stages, readIgnored(dockerfile));
  expect(found.length === 0, found.join('\n'));
});
await check('the rules find what they are for', () => {
  const bad = [{ name: 'bad', from: 'debian', instructions: [['RUN', 'apt-get install curl | cat $x'], ['ADD', 'a b'], ['CMD', 'sh'], ['USER', 'root']] }];
  const found = offences(bad, []).map(offence => offence.split(' ')[0]);
  for (const rule of ['DL3006', 'DL3020', 'DL3025', 'DL3014', 'DL3015', 'DL3008', 'DL3009', 'DL4006', 'SC', 'DL3002']) expect(found.includes(rule), `${rule} was not found, but ${found}`);
});
await check('compose.yaml has no fault that dclint knows', () => {
  const said = tool('dclint', '-c', join(here, '.dclintrc.json'), compose);
  expect(said.status === 0, said.stdout + said.stderr);
});
await check('each service has no rights, no root file system to write, and no mount that is not named', () => {
  for (const [name, service] of Object.entries(services.services)) {
    expect(service.read_only === true, `${name} can write its root file system`);
    expect(service.cap_drop?.join() === 'ALL' && !service.cap_add, `${name} has capabilities`);
    expect(service.security_opt?.includes('no-new-privileges:true') && !service.privileged, `${name} may get rights`);
    expect(!service.ports, `${name} is reached from outside`);
    for (const volume of service.volumes ?? []) {
      const source = typeof volume === 'string' ? volume.split(':')[0] : volume.source;
      expect(source in services.volumes || source === '/run/dbus/system_bus_socket', `${name} mounts ${source}`);
    }
  }
  expect(services.networks.inside.internal === true, 'the network has a way out');
});

const builder = new Builder(base, work, repository);
const images = {};
for (const stage of stages) {
  await check(`stage ${stage.name}: its commands run on Debian`, () => { images[stage.name] = builder.build(stage, stages); });
}

await check('the images bring native parts for amd64 and arm64, and compile for neither', () => {
  expect(find('build').platform === '$BUILDPLATFORM', 'compiling is not done on the builder');
  for (const name of ['hub', 'relay']) {
    const folder = join(images[name].root, name === 'hub' ? '/opt/homehub' : '/opt/homehub-relay');
    const machines = filesBelow(folder).filter(file => file.endsWith('.so')).map(file => machineOf(join(folder, file))).sort();
    expect(machines.join() === [EM_X86_64, EM_AARCH64].sort().join(), `${name} has native parts for ${machines}`);
    expect(!filesBelow(folder).some(file => /(^|\/)(homehub|homehub-relay)$/.test(file)), `${name} has a program of one machine`);
  }
});
await check('the images end as the user without rights, and write only /data', () => {
  for (const name of ['hub', 'relay']) {
    expect(images[name].user === APP_UID && images[name].volumes.join() === '/data', `${name}: user ${images[name].user}, volumes ${images[name].volumes}`);
  }
});

// ---- as compose.yaml runs them: a network of their own, root file systems that can't be written ----
const shell = (...args) => spawnSync('sh', ['-c', ...args], { encoding: 'utf8' });
const NETWORK = `homehub-${process.pid}-${Date.now() % 100000}`;
const inside = ['ip', 'netns', 'exec', NETWORK];
const started = [];

function start(name, image, command, volume) {
  mkdirSync(volume, { recursive: true, mode: 0o700 });
  chownSync(volume, +APP_UID, +APP_UID);
  const root = image.root, script = join(work, `${name}.sh`);
  const run = (what) => ['setpriv', `--reuid=${APP_UID}`, `--regid=${APP_UID}`, '--clear-groups', '--no-new-privs', '--bounding-set=-all', '--inh-caps=-all', '/usr/bin/env', '-i', ...Object.entries(image.env).map(([key, value]) => `${key}=${value}`), ...what];
  const quoted = words => words.map(word => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
  writeFileSync(join(work, 'hosts'), '127.0.0.1 localhost broker\n');
  const dotnet = shell('dirname "$(readlink -f "$(command -v dotnet)")"').stdout.trim();
  // Mounted in a namespace of its own: root read only, /tmp and /data to write.
  const mounts = `mount --bind ${root} ${root} && mount -t proc proc ${root}/proc && mount --rbind /dev ${root}/dev && mount --bind ${dotnet} ${root}/usr/share/dotnet && mount -t tmpfs tmp ${root}/tmp`
    + ` && mount --bind ${volume} ${root}/data && mount --bind ${join(work, 'hosts')} ${root}/etc/hosts && mount -o remount,ro,bind ${root}`;
  const enter = what => `${mounts} && exec chroot ${root} ${quoted(run(what))}`;
  writeFileSync(script, enter([...image.entrypoint, ...command]));
  const process_ = spawn(inside[0], [...inside.slice(1), 'unshare', '--mount', 'sh', script], { stdio: ['ignore', 'pipe', 'pipe'] });
  const log = [];
  for (const stream of [process_.stdout, process_.stderr]) stream.on('data', data => log.push(data));
  started.push(process_);
  return {
    said: () => Buffer.concat(log).toString(),
    // The health check, as an engine runs it: in the same container.
    health: () => spawnSync(inside[0], [...inside.slice(1), 'unshare', '--mount', 'sh', '-c', enter(['/bin/sh', '-c', image.health])], { encoding: 'utf8' }),
    try: command => spawnSync(inside[0], [...inside.slice(1), 'unshare', '--mount', 'sh', '-c', enter(['/bin/sh', '-c', command])], { encoding: 'utf8' }),
    ended: () => process_.exitCode,
    end: signal => new Promise(done => { process_.once('exit', (code, by) => done(code ?? by)); process_.kill(signal); }),
  };
}

async function until(what, holds) {
  const end = Date.now() + PATIENCE_MS;
  for (let last = ''; ; ) {
    if ((last = holds()) === true) return;
    expect(Date.now() < end, `${what}: ${last}`);
    await new Promise(done => setTimeout(done, 500));
  }
}

let hub, relay;
try {
  await check('broker, relay and hub run as compose.yaml says, without rights and without a root file system to write', async () => {
    mkdirSync('/run/netns', { recursive: true });
    expect(shell(`ip netns add ${NETWORK} && ip netns exec ${NETWORK} ip link set lo up`).status === 0, 'no network');
    writeFileSync(join(work, 'broker.conf'), services.configs.broker.content);
    const broker = spawn(inside[0], [...inside.slice(1), existsSync('/usr/sbin/mosquitto') ? '/usr/sbin/mosquitto' : 'mosquitto', '-c', join(work, 'broker.conf')], { stdio: 'ignore' });
    started.push(broker);
    relay = start('relay', images.relay, services.services.relay.command, join(work, 'relay-data'));
    hub = start('hub', images.hub, services.services.hub.command, join(work, 'hub-data'));
    await until('the relay is healthy', () => relay.health().status === 0 || `${relay.ended() ?? ''} ${relay.said()}`);
    await until('the hub is healthy', () => hub.health().status === 0 || `${hub.ended() ?? ''} ${hub.said()}`);
  });
  await check('the simulated household arrives at the relay', () => until('Observations', () => {
    const answer = spawnSync(inside[0], [...inside.slice(1), 'curl', '-s', 'http://127.0.0.1:8090/fhir/Observation?_summary=count'], { encoding: 'utf8' });
    const total = /"total":\s*(\d+)/.exec(answer.stdout)?.[1] ?? '0';
    return +total > 0 || answer.stdout + hub.said();
  }));
  await check('nothing but data and /tmp can be written', () => {
    for (const [name, container] of [['hub', hub], ['relay', relay]]) {
      const said = container.try('id -u; for f in /etc/x /opt/x /usr/x /x /var/x; do ! touch $f 2>/dev/null || echo wrote $f; done; touch /data/probe /tmp/probe && rm /data/probe && echo fine');
      expect(said.stdout === `${APP_UID}\nfine\n`, `${name}: ${said.stdout}${said.stderr}`);
    }
  });
  await check('both end when they are asked to', async () => {
    expect(await hub.end('SIGTERM') === 0, 'the hub did not end well');
    expect(await relay.end('SIGTERM') === 0, 'the relay did not end well');
  });
} finally {
  for (const process_ of started) process_.kill('SIGKILL');
  shell(`ip netns del ${NETWORK}`);
}

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
