import {execFile} from 'node:child_process'
import {fileURLToPath} from 'node:url'
import {expect} from 'vitest'
import recorded from './recorded.json' with {type: 'json'}

export type Image = keyof typeof recorded.images

/** What pinned packages an image shall have, and how large it may be. */
const mayGrowBy = 1.2
/** The size of torch's wheel cannot be seen here: the one that stands for it is empty. */
const torchBytes = recorded.torch.bytes

export interface Resolution {
  /** Version by name. */
  packages: Record<string, string>
  bytes: number
}

/** Runs a command; what fails is told with what it wrote. */
export function tool(
  command: string,
  args: readonly string[],
  env: Record<string, string> = {},
  cwd?: string,
): Promise<string> {
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(UV_EXCLUDE|UV_CONSTRAINT|PIP_CONSTRAINT)/.test(name)),
  )
  return new Promise((resolve, reject) => {
    const options = {
      cwd,
      env: {...inherited, UV_PYTHON_DOWNLOADS: 'never', UV_NO_PROGRESS: '1', ...env},
      maxBuffer: 64_000_000,
    }
    execFile(command, args, options, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    )
  })
}

export function requirementsOf(image: Image): string {
  return fileURLToPath(new URL(`requirements/${image}.txt`, import.meta.url))
}

/** What uv chooses for an image with an environment like that of its Dockerfile. */
export async function resolve(image: Image, env: Record<string, string>): Promise<Resolution> {
  const target = ['--python-version', '3.12', '--python-platform', 'x86_64-manylinux_2_28']
  const lock = await tool(
    'uv',
    ['pip', 'compile', '--quiet', '--format', 'pylock.toml', ...target, requirementsOf(image)],
    env,
  )
  const packages = lock.split('[[packages]]\n').slice(1)
  const all = packages.map(text => {
    const value = (pattern: RegExp) => pattern.exec(text)?.[1] ?? ''
    // The first wheel is the one that is installed.
    const bytes = value(/^wheels = \[(?:\n *)?\{.*?\bsize = (\d+)/m) || value(/^sdist = .*?\bsize = (\d+)/m)
    return {name: value(/^name = "(.*)"$/m), version: value(/^version = "(.*)"$/m), bytes: Number(bytes)}
  })
  const bytes = all.reduce((sum, one) => sum + (one.version.endsWith('+cpu') ? torchBytes : one.bytes), 0)
  return {packages: Object.fromEntries(all.map(({name, version}) => [name, version])), bytes}
}

/** What is not as it was recorded. */
export function problemsOf(image: Image, {packages, bytes}: Resolution): string[] {
  const {megabytes, versions} = recorded.images[image]
  const now = Math.round(bytes / 1_000_000)
  const graphics = Object.keys(packages).filter(name => /^(nvidia-|triton$)/.test(name))
  return [
    ...Object.entries(versions).flatMap(([name, version]) =>
      packages[name] === version ? [] : [`${name} is ${packages[name]}, not ${version}`],
    ),
    ...(graphics.length > 0 ? [`${graphics.length} packages are for graphics cards`] : []),
    ...(now > megabytes * mayGrowBy ? [`the packages are ${now} MB, and were ${megabytes}`] : []),
  ]
}

/** What is in recorded.json is what is resolved, to a tenth: a size that shrank is written down, too. */
export function expectRecorded(image: Image, {bytes}: Resolution): void {
  const {megabytes} = recorded.images[image]
  expect(bytes / 1_000_000 / megabytes, `megabytes of ${image}`).toBeGreaterThan(0.9)
}
