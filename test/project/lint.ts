import {spawnSync} from 'node:child_process'
import {cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync} from 'node:fs'
import {tmpdir} from 'node:os'
import {dirname, join, relative} from 'node:path'
import {fileURLToPath} from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

const complaint = /^::\w+ title=([^,]+),file=([^,]+),line=(\d+),/gm

/** Something that the linter does not accept. */
export interface Complaint {
  /** `lint/style/noRestrictedImports` */
  readonly rule: string
  readonly file: string
  readonly line: number
}

/**
 * What the linter says, under the project's own settings, of a project that has these files alone.
 * @param files text by path
 */
export function lint(files: Readonly<Record<string, string>>): readonly Complaint[] {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mcpgw-lint-')))
  try {
    for (const settings of ['biome.json', 'biome.layers.json']) {
      cpSync(join(root, settings), join(folder, settings))
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, file)), {recursive: true})
      writeFileSync(join(folder, file), text)
    }
    const biome = join(root, 'node_modules/.bin/biome')
    const options = ['lint', '--reporter=github', '--max-diagnostics=none', '.']
    const {status, stdout, stderr} = spawnSync(biome, options, {cwd: folder, encoding: 'utf8'})
    const complaints = Array.from(stdout.matchAll(complaint), ([, rule = '', file = '', line]) => ({
      rule,
      file: relative(folder, file),
      line: Number(line),
    }))
    // It could not even begin, with settings that it does not understand for example.
    if (status !== 0 && complaints.length === 0) throw new Error(stderr)
    return complaints
  } finally {
    rmSync(folder, {recursive: true})
  }
}
