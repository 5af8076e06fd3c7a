/**
 * Takes the steps of the bridge's Dockerfile without Docker: the files that its instructions copy, and no others, in a clean
 * folder, and the commands that it runs there. What it shows is that nothing is missing from the image, not that Docker builds it.
 */
import { cpSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { type Copy, DockerfileParser, type Instruction } from 'dockerfile-ast';

const REPOSITORY = join(import.meta.dir, '../../..');
const DOCKERFILE = join(REPOSITORY, 'bridge/deploy/Dockerfile');
const IGNORED = `${DOCKERFILE}.dockerignore`;

export interface RehearsedImage {
  /** The folder that stands for `/` of the image. */
  root: string;
  /** Where CMD and HEALTHCHECK run, inside `root`. */
  workdir: string;
  /** What ENV sets. */
  env: Record<string, string>;
  command: string[];
  healthcheck: string[];
  /** Commands of RUN that were not run, because they need the image's own users. */
  left: string[];
}

/** The stages by name; those without one by their number. */
function stages(): Map<string, Instruction[]> {
  const found = new Map<string, Instruction[]>();
  let current: Instruction[] = [];
  for (const instruction of DockerfileParser.parse(readFileSync(DOCKERFILE, 'utf8')).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      current = [];
      const words = instruction.getArguments().map((each) => each.getValue());
      found.set(words[1]?.toUpperCase() === 'AS' ? (words[2] as string) : String(found.size), current);
    } else current.push(instruction);
  }
  return found;
}

const words = (instruction: Instruction) => instruction.getArguments().map((each) => each.getValue());

/** The program and its arguments of CMD and HEALTHCHECK, which are written in brackets. */
function exec(instruction: Instruction): string[] {
  const content = instruction.getArgumentsContent() ?? '';
  return JSON.parse(content.slice(content.indexOf('[')));
}

/** Whether the build context has this path, by the patterns of the .dockerignore beside the Dockerfile. */
function contextFilter(): (path: string) => boolean {
  const patterns = readFileSync(IGNORED, 'utf8')
    .split('\n')
    .filter((line) => line && !line.startsWith('#'))
    .map((line) => (line.startsWith('!') ? { glob: line.slice(1), has: true } : { glob: line, has: false }))
    .map(({ glob, has }) => ({ has, globs: [new Bun.Glob(glob), new Bun.Glob(`${glob}/**`)] }));
  return (path) =>
    patterns.findLast(({ globs }) => globs.some((each) => each.match(relative(REPOSITORY, path))))?.has ??
    true;
}

/**
 * Rehearses the stage that the image is made of, and those that it copies from, in `folder`. `built`: stages whose files are
 * there already, by name, with the folder that stands for their `/`: the views take minutes and are built by another test.
 */
export async function rehearseImage(
  folder: string,
  built: Readonly<Record<string, string>> = {},
): Promise<RehearsedImage> {
  const all = stages();
  const inContext = contextFilter();
  const last = [...all.keys()].at(-1) as string;

  async function rehearse(stage: string): Promise<RehearsedImage> {
    const root = join(folder, stage);
    const image: RehearsedImage = { root, workdir: root, env: {}, command: [], healthcheck: [], left: [] };
    for (const instruction of all.get(stage) ?? []) {
      switch (instruction.getKeyword()) {
        case 'WORKDIR':
          image.workdir = join(root, words(instruction)[0] as string);
          mkdirSync(image.workdir, { recursive: true });
          break;
        case 'COPY':
          await copy(instruction as Copy, image);
          break;
        case 'RUN':
          await run(instruction, image);
          break;
        case 'ENV':
          for (const pair of words(instruction)) {
            const [name, value] = pair.split('=', 2) as [string, string];
            image.env[name] = value;
          }
          break;
        case 'HEALTHCHECK':
          image.healthcheck = exec(instruction);
          break;
        case 'CMD':
          image.command = exec(instruction);
          break;
      }
    }
    return image;
  }

  async function copy(instruction: Copy, image: RehearsedImage): Promise<void> {
    const from = instruction
      .getFlags()
      .find((flag) => flag.getName() === 'from')
      ?.getValue();
    const source =
      from === undefined || from === null ? REPOSITORY : (built[from] ?? (await rehearse(from)).root);
    const given = words(instruction).filter((word) => !word.startsWith('--'));
    const target = join(image.workdir, given.at(-1) as string);
    const intoFolder = (given.at(-1) as string).endsWith('/') || given.length > 2;
    for (const path of given.slice(0, -1).flatMap((each) => globSync(join(source, each)))) {
      const isFolder = (await Bun.file(path).stat()).isDirectory();
      // Docker copies what a folder holds, and a file under its name.
      const to = isFolder || !intoFolder ? target : join(target, path.slice(dirname(path).length + 1));
      mkdirSync(dirname(to), { recursive: true });
      cpSync(path, to, {
        recursive: true,
        verbatimSymlinks: true,
        filter: (each) => source !== REPOSITORY || inContext(each),
      });
    }
  }

  async function run(instruction: Instruction, image: RehearsedImage): Promise<void> {
    const command = instruction.getArgumentsContent() ?? '';
    if (!command.startsWith('bun install')) {
      image.left.push(command);
      return;
    }
    const child = Bun.spawn(['sh', '-c', command], {
      cwd: image.workdir,
      env: { ...process.env, PATH: `${dirname(process.execPath)}:${process.env.PATH}` },
      stdout: 'pipe',
      stderr: 'pipe',
    });
    const said = await new Response(child.stderr).text();
    if ((await child.exited) !== 0) throw new Error(`RUN ${command} failed:\n${said}`);
  }

  return rehearse(last);
}
