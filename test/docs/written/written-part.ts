import {readFileSync, writeFileSync} from 'node:fs'
import {expect} from 'vitest'

/**
 * Expects a page of docs/ to hold `content` between `<!-- marker -->` and `<!-- markerstop -->`; with UPDATE_DOCS=1
 * (`npm run docs:tables`, which `npm run docs` runs) writes it there instead.
 * @throws with the lines that are missing and those that nothing asks for, and the command that puts both right
 */
export function expectWritten(file: string, marker: string, content: string): void {
  const page = new URL(`../../../docs/${file}`, import.meta.url)
  const [begin, end] = [`<!-- ${marker} -->`, `<!-- ${marker}stop -->`]
  const text = readFileSync(page, 'utf8')
  const [before, rest = ''] = text.split(begin)
  const [written = '', after] = rest.split(end)
  if (after === undefined) throw new Error(`docs/${file} has no ${begin} … ${end}.`)
  const wanted = `\n\n${content}\n`
  if (process.env.UPDATE_DOCS) return writeFileSync(page, `${before}${begin}${wanted}${end}${after}`)
  const remedy = `docs/${file} is not current; this writes it: npm run docs:tables`
  expect(differences(written, wanted), remedy).toEqual({missing: [], unknown: []})
  expect(written, remedy).toBe(wanted)
}

/** The lines that one text lacks, and those that it has too many. */
export function differences(written: string, wanted: string): {missing: string[]; unknown: string[]} {
  const [is, shall] = [written.split('\n'), wanted.split('\n')]
  return {
    missing: shall.filter(line => !is.includes(line)),
    unknown: is.filter(line => !shall.includes(line)),
  }
}

/** The text of a cell of a table. */
export function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ')
}
