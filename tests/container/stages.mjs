// Runs the stages of a Dockerfile by their own commands, in layers over a Debian root file system.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, realpathSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: 64 << 20 });

// Number of the user "app" in Microsoft's images.
export const APP_UID = '1654';

// What the images of Microsoft have that a bare Debian has not: the runtime or SDK of this machine, and where it takes packages from.
const dotnetFolder = dirname(realpathSync(execFileSync('sh', ['-c', 'command -v dotnet'], { encoding: 'utf8' }).trim()));
const BASES = [
  [/^mcr\.microsoft\.com\/dotnet\/sdk:10\.0/, { sdk: true }],
  [/^mcr\.microsoft\.com\/dotnet\/aspnet:10\.0/, { sdk: false }],
];

export class Builder {
  constructor(base, work, context) {
    Object.assign(this, { base, work, context, stages: new Map() });
  }

  // Runs a stage after those that it begins from; what it leaves: its root (mounted), environment, user, and what it is to run.
  build(stage, all) {
    const before = all.find(other => other.name === stage.from);
    const parent = before ? this.stages.get(before.name) : this.#fromImage(stage.from);
    const folder = join(this.work, stage.name);
    const upper = join(folder, 'upper'), root = join(folder, 'root');
    for (const part of [upper, join(folder, 'work'), root]) mkdirSync(part, { recursive: true });
    const layers = [upper, ...parent.layers];
    run('mount', '-t', 'overlay', 'overlay', '-o', `lowerdir=${parent.layers.join(':')},upperdir=${upper},workdir=${join(folder, 'work')}`, root);
    const built = { ...structuredClone({ ...parent, root: undefined }), layers, root, sdk: parent.sdk };
    this.#mountSystem(root, built.sdk);
    for (const [keyword, text] of stage.instructions) this.#apply(built, keyword, text);
    this.#unmountSystem(root, built.sdk);
    this.stages.set(stage.name, built);
    return built;
  }

  #fromImage(image) {
    const known = BASES.find(([name]) => name.test(image));
    if (!known) throw new Error(`nothing stands for the image ${image}`);
    return { layers: [this.base], env: { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', APP_UID }, user: '0', directory: '/', volumes: [], sdk: known[1].sdk };
  }

  #mounts(root, sdk) {
    const home = process.env.HOME;
    const mounts = [['/dev', '/dev'], ['/proc', '/proc'], ['/etc/resolv.conf', '/etc/resolv.conf'], ['/etc/ssl/certs', '/etc/ssl/certs'], [dotnetFolder, '/usr/share/dotnet']];
    for (const folder of sdk ? ['.nuget', '.config/NuGet', '.npmrc'] : []) if (existsSync(join(home, folder))) mounts.push([join(home, folder), join('/root', folder)]);
    for (const file of ['/etc/apt/apt.conf.d', '/etc/apt/sources.list', '/etc/apt/sources.list.d', '/usr/share/ca-certificates', '/etc/hosts']) if (existsSync(file)) mounts.push([file, file]);
    for (const feed of sdk && existsSync('/opt/nuget') ? ['/opt/nuget'] : []) mounts.push([feed, feed]);
    return mounts;
  }

  #mountSystem(root, sdk) {
    for (const [from, to] of this.#mounts(root, sdk)) {
      const target = join(root, to);
      if (statSync(from).isDirectory()) mkdirSync(target, { recursive: true });
      else if (!existsSync(target)) { mkdirSync(dirname(target), { recursive: true }); writeFileSync(target, ''); }
      run('mount', '--rbind', from, target);
    }
    run('ln', '-sf', '/usr/share/dotnet/dotnet', join(root, 'usr/bin/dotnet'));
  }

  #unmountSystem(root, sdk) {
    for (const [, to] of this.#mounts(root, sdk).reverse()) run('umount', '-l', join(root, to));
  }

  #apply(stage, keyword, text) {
    const expanded = text.replace(/\$\{?(\w+)\}?/g, (whole, name) => stage.env[name] ?? whole);
    switch (keyword) {
      case 'ENV': case 'ARG': { const [name, value] = expanded.split(/=(.*)/s); stage.env[name] = value ?? ''; break; }
      case 'WORKDIR': stage.directory = expanded; mkdirSync(join(stage.root, expanded), { recursive: true }); break;
      case 'USER': stage.user = expanded === 'root' ? '0' : expanded; break;
      case 'VOLUME': stage.volumes.push(expanded); break;
      case 'COPY': this.#copy(stage, expanded); break;
      case 'RUN': this.execute(stage, ['/bin/sh', '-c', text]); break;
      case 'ENTRYPOINT': stage.entrypoint = JSON.parse(text); break;
      case 'CMD': stage.command = JSON.parse(text); break;
      case 'HEALTHCHECK': stage.health = text.replace(/^.*?\bCMD\s+/s, ''); break;
      case 'EXPOSE': case 'LABEL': break;
      default: throw new Error(`nobody has said what ${keyword} does here`);
    }
  }

  #copy(stage, text) {
    const words = text.split(/\s+/).filter(word => word);
    const from = words.find(word => word.startsWith('--from='))?.slice('--from='.length);
    const paths = words.filter(word => !word.startsWith('--'));
    const target = paths.pop();
    const goal = join(stage.root, target.startsWith('/') ? target : join(stage.directory, target));
    const source = from ? this.stages.get(from).root : this.context;
    const isFolder = target.endsWith('/') || paths.length > 1;
    for (const path of paths) {
      const file = join(source, path);
      // As a builder gets it: without what .dockerignore keeps out.
      const filter = from ? () => true : name => !/\/(bin|obj|node_modules|artifacts)(\/|$)/.test(name.slice(source.length));
      cpSync(file, statSync(file).isDirectory() ? goal : isFolder ? join(goal, basename(path)) : goal, { recursive: true, filter, verbatimSymlinks: true });
    }
  }

  // Runs a command within a stage while it is built.
  execute(stage, command) {
    const variables = { ...stage.env, ...Object.fromEntries(Object.entries(process.env).filter(([name]) => /^(https?_proxy|no_proxy|nuget_|ssl_cert)/i.test(name))) };
    try {
      run('chroot', `--userspec=${stage.user}:${stage.user}`, stage.root, '/usr/bin/env', '-i', '-C', stage.directory, ...Object.entries(variables).map(([name, value]) => `${name}=${value}`), ...command);
    } catch (error) {
      throw new Error(`${command.at(-1)}\nended with ${error.status}:\n${(error.stdout ?? '').slice(-3000)}${(error.stderr ?? '').slice(-3000)}`);
    }
  }
}

export const filesBelow = folder => readdirSync(folder, { recursive: true });
export const machineOf = file => { const head = readFileSync(file); return head.readUInt32BE(0) === 0x7f454c46 ? head.readUInt16LE(18) : null; };
