import {readdirSync} from 'node:fs'
import type Verify from '../../src/commands/verify.js'

const folder = new URL('../../src/commands/', import.meta.url)

/** As they are typed, sorted: `images check` is in images/check.ts. */
export const commandNames: readonly string[] = readdirSync(folder, {recursive: true, encoding: 'utf8'})
  .filter(path => path.endsWith('.ts'))
  .map(path => path.replace('.ts', '').replaceAll(/[/\\]/g, ' '))
  .sort()

/** Where the class of a command is. */
export function commandFile(name: string): URL {
  return new URL(`${name.replace(' ', '/')}.ts`, folder)
}

/** The class of a command; all of them have the flags of oclif's own at least. */
export async function commandClass(name: string): Promise<typeof Verify> {
  const module: {default: typeof Verify} = await import(commandFile(name).href)
  return module.default
}
