import {readFileSync} from 'node:fs'
import {release} from 'node:os'
import {join} from 'node:path'
import {stripVTControlCharacters} from 'node:util'
import {withoutAliases, wordsOfCommand} from '../command-words.js'
import {columnsOf} from '../report/terminal-size.js'
import {ignoreEpipe} from './ignore-epipe.js'

/** Columns for which the build has laid out every page of help, widest first. */
export const helpWidths = [120, 100, 80]

/** What the build writes in the place of `mcpgw/0.1.0 linux-x64 node-v24.9.0`. */
export const programMark = '{program}'

/** Settings by which oclif decides how it looks: then oclif answers. */
const shapedByOclif = ['FORCE_COLOR', 'OCLIF_COLUMNS', 'DEBUG', 'CLICOLOR_FORCE']

/**
 * Answers `--version` and `--help` from what was written when the program was built: no command and no library is
 * loaded, which is most of what a short command costs.
 * @param given the words that the program was started with
 * @param root folder of the package
 * @returns false, and nothing is printed, where the words ask for something else, name nothing, or where the terminal is
 * narrower than any page
 */
export function answeredAtOnce(given: readonly string[], root: string): boolean {
  const answer = isLeftToOclif() ? undefined : answerTo(withoutAliases(given), root)
  if (answer === undefined) return false
  ignoreEpipe([process.stdout])
  process.stdout.write(answer)
  return true
}

function answerTo(argv: readonly string[], root: string): string | undefined {
  const {words, asksForHelp, asksForVersion} = wordsOfCommand(argv)
  if (asksForVersion) return `${program(root)}\n`
  if (!asksForHelp && argv.length > 0) return undefined
  const page = pageOf(words, root)?.replace(programMark, () => program(root))
  return page === undefined || isColored() ? page : stripVTControlCharacters(page)
}

/** The page of a command, a topic, or without words of the program; undefined where the words name none. */
function pageOf(words: readonly string[], root: string): string | undefined {
  const columns = process.stdout.isTTY ? (columnsOf(process.stdout) ?? 0) : Math.min(...helpWidths)
  const width = helpWidths.find(one => one <= columns)
  if (width === undefined || !words.every(word => /^[a-z]+$/.test(word))) return undefined
  try {
    return readFileSync(join(root, 'dist', 'help', String(width), helpFile(words)), 'utf8')
  } catch {
    // Who names no command, or looks into a build without pages, is answered by what comes next.
    return undefined
  }
}

/** The name of a page's file. */
export function helpFile(words: readonly string[]): string {
  return `${['mcpgw', ...words].join('-')}.txt`
}

/** As oclif says which program this is. */
function program(root: string): string {
  const {name, version} = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return `${name}/${version} ${process.platform}-${process.arch} node-${process.version}`
}

/** oclif tells Linux inside Windows from others, and looks closely at more than the name of the kernel. */
function isLeftToOclif(): boolean {
  return (
    shapedByOclif.some(name => (process.env[name] ?? '') !== '') ||
    release().toLowerCase().includes('microsoft')
  )
}

/** As the libraries decide it. */
function isColored(): boolean {
  const {stdout, env, argv} = process
  return stdout.isTTY && stdout.hasColors() && !env.NO_COLOR && !argv.includes('--no-color')
}
