import {readFileSync, writeFileSync} from 'node:fs'
import {expect} from 'vitest'

/**
 * Expects a page of docs/ to hold `content` between `<!-- marker -->` and `<!-- markerstop -->`; with UPDATE_DOCS=1
 * (`npm run docs`) writes it there instead.
 */
export function expectWritten(file: string, marker: string, content: string): void {
  const page = new URL(`../../docs/${file}`, import.meta.url)
  const [begin, end] = [`<!-- ${marker} -->`, `<!-- ${marker}stop -->`]
  const text = readFileSync(page, 'utf8')
  const [before, rest = ''] = text.split(begin)
  const [, after] = rest.split(end)
  if (after === undefined) throw new Error(`docs/${file} has no ${begin} … ${end}.`)
  const current = `${before}${begin}\n\n${content}\n${end}${after}`
  if (process.env.UPDATE_DOCS) writeFileSync(page, current)
  else expect(text).toBe(current)
}

/** The text of a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
