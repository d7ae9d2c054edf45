import type {ParityResult} from '../../../src/results/parity.js'
import {findings, type Mutation} from './mutation.js'

/**
 * Makes changes together that are about different resources, so that there are a few comparisons and not one for each.
 * @returns what is found after a change, and was not found before
 */
export function inBatches<Change>(
  mutations: readonly Mutation<Change>[],
  before: () => ParityResult,
  after: (changes: readonly Change[]) => ParityResult,
): (mutation: Mutation<Change>) => readonly string[] {
  let known: ReadonlySet<string> | undefined
  const found = new Map<number, readonly string[]>()
  const touched = mutations.map(({where, touches = where}) => touches)
  const turns = touched.map((one, index) => touched.slice(0, index).filter(other => other === one).length)
  return mutation => {
    known ??= new Set(findings(before()))
    const earlier = known
    const turn = turns[mutations.indexOf(mutation)] ?? 0
    const changes = mutations.filter((_, index) => turns[index] === turn).map(({change}) => change)
    const lines = found.get(turn) ?? findings(after(changes)).filter(line => !earlier.has(line))
    found.set(turn, lines)
    return lines.filter(line => line.includes(mutation.where) && line.includes(mutation.what))
  }
}
