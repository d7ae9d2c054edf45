import {dependenciesOf} from './dependencies.js'
import type {Template} from './template.js'

/** Which resource or condition waits for which; names in the order of the template. */
export interface DependencyGraph {
  readonly nodes: readonly string[]
  readonly needs: ReadonlyMap<string, readonly string[]>
  readonly neededBy: ReadonlyMap<string, readonly string[]>
}

/** The graph of named things, each of which needs some of the others. */
export function graphOf(
  nodes: readonly string[],
  needsOf: (node: string) => readonly string[],
): DependencyGraph {
  const needs = new Map(nodes.map(node => [node, needsOf(node)]))
  const neededBy = new Map<string, string[]>(nodes.map(node => [node, []]))
  for (const [node, needed] of needs) {
    for (const other of needed) neededBy.get(other)?.push(node)
  }
  return {nodes, needs, neededBy}
}

/** What each of the active resources waits for. Resources outside `active` are not waited for. */
export function creationNeeds(
  template: Template,
  active: readonly string[],
  condition?: (name: string) => boolean,
): Map<string, string[]> {
  const members = new Set(active)
  const view = condition && {condition, isActive: (name: string) => members.has(name)}
  return new Map(
    active.map(name => [
      name,
      dependenciesOf(template, name, view).flatMap(({logicalId}) =>
        members.has(logicalId) ? [logicalId] : [],
      ),
    ]),
  )
}

/** The nodes that can reach themselves. */
export function circularNodes({nodes, needs, neededBy}: DependencyGraph): string[] {
  // Peeling off what waits for nothing, then what nothing waits for, leaves the cycles and paths between them.
  const rest = peel(peel(nodes, needs, neededBy), neededBy, needs)
  return rest.filter(node => reaches(node, node, needs))
}

function peel(
  nodes: readonly string[],
  towards: ReadonlyMap<string, readonly string[]>,
  back: ReadonlyMap<string, readonly string[]>,
): string[] {
  const left = new Set(nodes)
  const count = new Map(
    nodes.map(node => [node, (towards.get(node) ?? []).filter(other => left.has(other)).length]),
  )
  const free = nodes.filter(node => count.get(node) === 0)
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    left.delete(node)
    for (const other of back.get(node) ?? []) {
      if (!left.has(other)) continue
      const remaining = (count.get(other) ?? 0) - 1
      count.set(other, remaining)
      if (remaining === 0) free.push(other)
    }
  }
  return [...left]
}

function reaches(from: string, to: string, needs: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>()
  const open = [...(needs.get(from) ?? [])]
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node === to) return true
    if (seen.has(node)) continue
    seen.add(node)
    open.push(...(needs.get(node) ?? []))
  }
  return false
}
