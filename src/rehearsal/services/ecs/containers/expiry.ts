import type {World} from '../../../account/world.js'

/** Real milliseconds that a client on a busy machine may take from a token to the end of its work with it. */
const clientMs = 10_000

/**
 * The time by which containers judge whether something has expired, in epoch milliseconds. Clients are as slow as they are
 * in an account that is many times as fast: what passes for it while one of them works passes for nobody beside AWS.
 */
export function expiryTime({now, clock: {speed}}: World): number {
  return speed === 'max' ? now : now - Math.max(0, speed - 1) * clientMs
}
