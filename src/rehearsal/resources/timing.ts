import type {World} from '../account/world.js'

/** How far a duration may stray from its typical value, either way. */
const spread = 0.15

/**
 * `seconds` ± 15 %, decided by the account's seed and `words` alone. The words are names, not made-up ids: those
 * depend on what else happens, and a rehearsal has to take the same time whatever its client polls.
 */
export function about(world: World, seconds: number, ...words: readonly (string | number)[]): number {
  return seconds * (1 - spread + 2 * spread * world.chance('duration', ...words))
}
