import {createHash, randomUUID} from 'node:crypto'
import {rmSync} from 'node:fs'
import {type Holder, livenessOf, parseHolder} from './holder.js'
import {createWhole, readIfThere, replaceWhole} from './whole-file.js'

/** Whether `other` is a file that says who is about to change `file`. */
export function isClaimOn(file: string, other: string): boolean {
  return other.startsWith(`${file}.`) && other.endsWith('.claim')
}

/**
 * Gives `file` the content `next`, or removes it, if it still has the content `known`. No content may ever come
 * back to the file once it was changed.
 *
 * File systems cannot compare and swap. So whoever wants to change `known` first claims it, by creating the file
 * that is named after that very content, which only one can. A claim stays until the content has changed; when its
 * maker dies before, the claim itself can be claimed in the same way. So at most one living process is at
 * the end of the chain, and it alone acts. Who comes late, and claims what others have cleared away, finds that the
 * content is another one by then.
 * @returns false when the content is another one, or somebody else is changing it.
 */
export async function exchange(file: string, known: string, next: string | undefined): Promise<boolean> {
  const claims: string[] = []
  const claimant: Holder = {pid: process.pid, port: 0, nonce: randomUUID(), since: Date.now()}
  let wanted = known
  for (;;) {
    const claim = `${file}.${digestOf(wanted)}.claim`
    claims.push(claim)
    if (createWhole(claim, JSON.stringify(claimant))) break
    const other = readIfThere(claim)
    if (other === undefined) return false
    const maker = parseHolder(other)
    if (maker && (await livenessOf(maker)) !== 'gone') return false
    wanted = other
  }
  const unchanged = readIfThere(file) === known
  try {
    if (unchanged && next === undefined) rmSync(file)
    else if (unchanged && next !== undefined) replaceWhole(file, next)
  } catch (error) {
    // The content is still the known one, so the chain must stay: only its end is ours to give up.
    rmSync(claims.at(-1) ?? '', {force: true})
    throw error
  }
  for (const claim of claims) rmSync(claim, {force: true})
  return unchanged
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
