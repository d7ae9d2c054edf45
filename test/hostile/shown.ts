import {readdirSync, readFileSync} from 'node:fs'
import {join} from 'node:path'
import {expect} from 'vitest'
import type {DrillAccount} from '../drills/harness/account.js'
import {type Ended, runCommand} from '../drills/harness/command.js'
import type {HostileAccount} from './hostile-account.js'
import {wrongsOf} from './hostile-text.js'

/** Runs a command against a hostile account, and finds nothing wrong with what it shows. */
export async function shownWell(account: HostileAccount, line: string): Promise<Ended> {
  // Throws when standard output is not one JSON document.
  const ended = await runCommand(account as unknown as DrillAccount, line)
  expect(wrongsOf(ended.stdout, 'pipe'), `${line}: standard output\n${ended.stdout}`).toEqual([])
  expect(wrongsOf(ended.stderr, 'pipe'), `${line}: standard error\n${ended.stderr}`).toEqual([])
  return ended
}

/** Looks at every file that the recorder left. @returns how many */
export function recordedWell(runs: string): number {
  const files = readdirSync(runs, {recursive: true, withFileTypes: true}).filter(entry => entry.isFile())
  for (const {parentPath, name} of files) {
    const text = readFileSync(join(parentPath, name), 'utf8')
    expect(wrongsOf(text, 'pipe'), `${name}\n${text}`).toEqual([])
    const documents = name.endsWith('.ndjson')
      ? text.trimEnd().split('\n')
      : name.endsWith('.json')
        ? [text]
        : []
    for (const document of documents) JSON.parse(document)
  }
  return files.length
}
