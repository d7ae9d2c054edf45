import type {Region} from '../account/account.js'
import type {Stack} from '../account/stack.js'

/**
 * Finds a stack by some name of it. Where it was found before, it is looked for first; what is there is asked
 * whether it still fits, so that nobody has to tell when a stack changes.
 */
export class StackIndex {
  readonly #fits: (stack: Stack, name: string) => boolean
  readonly #known = new WeakMap<Region['stacks'], Map<string, Stack>>()

  constructor(fits: (stack: Stack, name: string) => boolean) {
    this.#fits = fits
  }

  find({stacks}: Region, name: string): Stack | undefined {
    const known = this.#knownIn(stacks)
    const before = known.get(name)
    if (before && stacks[before.id] === before && this.#fits(before, name)) return before
    for (const id in stacks) {
      const stack = stacks[id] as Stack
      if (!this.#fits(stack, name)) continue
      known.set(name, stack)
      return stack
    }
    known.delete(name)
    return undefined
  }

  #knownIn(stacks: Region['stacks']): Map<string, Stack> {
    const known = this.#known.get(stacks) ?? new Map<string, Stack>()
    this.#known.set(stacks, known)
    return known
  }
}
