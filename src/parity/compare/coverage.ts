import {isObject, type Json} from '../json.js'
import {isEmpty, type Path, pairKey} from './path.js'

/** A value that no path speaks of. */
export interface Uncovered {
  /** `volume.0.name`. */
  readonly path: string
  readonly value: Json
}

/** What is in a value, and under none of these paths. */
export function uncovered(value: Json, paths: readonly Path[]): Uncovered[] {
  return new Claims(paths).uncovered(value)
}

/** Paths by their beginnings, so that a value is walked through once, however many paths there are. */
export class Claims {
  readonly #root: Branch = newBranch()

  constructor(paths: readonly Path[]) {
    for (const path of paths) {
      let branch = this.#root
      for (const step of path) branch = grown(branch, step)
      branch.isClaimed = true
    }
  }

  /**
   * What is in a value, and under none of the paths, leaf by leaf, so that nothing is left out of a comparison in silence.
   * Empty values say nothing, and need no path.
   */
  uncovered(value: Json): Uncovered[] {
    return uncoveredIn(value, [this.#root], [])
  }
}

interface Branch {
  isClaimed: boolean
  each: Branch | undefined
  readonly members: Map<string, Branch>
  /** Of lists of keys and values. */
  readonly values: Map<string, Branch>
}

function newBranch(): Branch {
  return {isClaimed: false, each: undefined, members: new Map(), values: new Map()}
}

function grown(branch: Branch, step: Path[number]): Branch {
  if (step.kind === 'each') {
    branch.each ??= newBranch()
    return branch.each
  }
  const [branches, name] = step.kind === 'member' ? [branch.members, step.name] : [branch.values, step.key]
  const known = branches.get(name) ?? newBranch()
  branches.set(name, known)
  return known
}

function uncoveredIn(value: Json, branches: readonly Branch[], at: readonly string[]): Uncovered[] {
  if (branches.some(({isClaimed}) => isClaimed) || isEmpty(value)) return []
  if (Array.isArray(value)) {
    return value.flatMap((element, index) => {
      const inside = branches.flatMap(branch => [
        ...below(branch, String(index)),
        ...valueIn(branch, element),
      ])
      return uncoveredIn(element, inside, [...at, String(index)])
    })
  }
  if (!isObject(value)) return [{path: at.join('.'), value}]
  return Object.entries(value).flatMap(([name, member]) =>
    uncoveredIn(
      member,
      branches.flatMap(branch => below(branch, name)),
      [...at, name],
    ),
  )
}

function below({each, members}: Branch, name: string): Branch[] {
  const own = members.get(name)
  return [...(each === undefined ? [] : [each]), ...(own === undefined ? [] : [own])]
}

function valueIn({values}: Branch, element: Json): Branch[] {
  const own = values.size === 0 ? undefined : values.get(pairKey(element) ?? '')
  return own === undefined ? [] : [own]
}
