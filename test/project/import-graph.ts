import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path/posix'
import {parseAst} from 'vitest/node'

/** That one file imports from another, or only its types. Both paths from the project's folder. */
export interface Arrow {
  readonly from: string
  readonly to: string
}

/** Every import in the files of a folder, of files beside them. */
export function importsIn(root: string, folder: string): readonly Arrow[] {
  const files = readdirSync(join(root, folder), {recursive: true, encoding: 'utf8'})
  return files
    .filter(file => file.endsWith('.ts'))
    .map(file => join(folder, file))
    .flatMap(from =>
      specifiersIn(readFileSync(join(root, from), 'utf8'))
        .filter(specifier => specifier.startsWith('.'))
        .map(specifier => ({from, to: join(from, '..', specifier.replace(/\.js$/, '.ts'))})),
    )
}

/** What a file imports from: types or values, when it is loaded or later, for itself or to hand it on. */
export function specifiersIn(text: string): readonly string[] {
  const found: string[] = []
  collect(parseAst(withoutTail(text), {lang: 'ts'}), found)
  return found
}

/** What follows the last import has nothing to tell, and takes most of the time to read. */
function withoutTail(text: string): string {
  if (/\bimport\s*\(/.test(text)) return text
  // As the formatter writes them: the last line of a statement alone has these.
  const last = [...text.matchAll(/^(?:import|export|\}) .*'$/gm)].at(-1)
  return last === undefined ? '' : text.slice(0, last.index + last[0].length)
}

function collect(node: unknown, found: string[]): void {
  if (Array.isArray(node)) for (const each of node) collect(each, found)
  if (!isNode(node)) return
  if (carriers.has(node.type) && isText(node.source)) found.push(node.source.value)
  for (const part of Object.values(node)) collect(part, found)
}

/** Kinds of nodes whose `source` names a file. */
const carriers: ReadonlySet<unknown> = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
])

function isNode(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is {value: string} {
  return isNode(value) && typeof value.value === 'string'
}
