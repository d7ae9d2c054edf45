import {type ConditionView, dependenciesOf} from './dependencies.js'
import {TemplateError} from './error.js'
import {messages} from './messages.js'
import type {Template} from './template.js'

/** Which resource waits for which; logical ids in the order of the template. */
export interface DependencyGraph {
  readonly nodes: readonly string[]
  /** What each resource waits for when it is created. */
  readonly needs: ReadonlyMap<string, readonly string[]>
  /** What waits for each resource; on deletion it is the other way round. */
  readonly neededBy: ReadonlyMap<string, readonly string[]>
}

/** The graph of the active resources, or of all when nothing is known about conditions. */
export function dependencyGraph(template: Template, view?: ConditionView): DependencyGraph {
  const nodes = Object.keys(template.resources).filter(name => view === undefined || view.isActive(name))
  return graphOf(nodes, name => dependenciesOf(template, name, view).map(({logicalId}) => logicalId))
}

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
  active: readonly string[] = Object.keys(template.resources),
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

/**
 * Waves of creation: each resource once, after everything it needs, as early as possible. Deletion takes the
 * waves from last to first.
 * @throws {TemplateError} `Circular dependency between resources: […]`
 */
export function creationOrder(template: Template, view?: ConditionView): string[][] {
  const graph = dependencyGraph(template, view)
  checkCycles(template, graph)
  const waiting = new Map(graph.nodes.map(node => [node, graph.needs.get(node)?.length ?? 0]))
  const waves: string[][] = []
  let wave = graph.nodes.filter(node => waiting.get(node) === 0)
  while (wave.length > 0) {
    waves.push(wave)
    const next: string[] = []
    for (const node of wave.flatMap(done => graph.neededBy.get(done) ?? [])) {
      const left = (waiting.get(node) ?? 0) - 1
      waiting.set(node, left)
      if (left === 0) next.push(node)
    }
    wave = next
  }
  return waves
}

/** @throws {TemplateError} naming the resources that wait for each other, in the order of the template */
export function checkCycles(template: Template, graph: DependencyGraph): void {
  const circular = circularNodes(graph)
  const [first] = circular
  if (first === undefined) return
  throw new TemplateError(messages.circularResources(circular), {
    source: template.source,
    line: template.lineOf(['Resources', first]),
  })
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
