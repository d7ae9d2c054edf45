import type {CheckTarget} from '../check-target.js'

/** What came of reading each secret, by its name. */
export type SecretTexts = ReadonlyMap<string, PromiseSettledResult<string | undefined>>

/**
 * Reads secrets ahead of the way in: a call that AWS throttles waits on the clock, which may stand still while
 * something is asked of the web. What fails is told by the link that needs it.
 */
export async function readSecrets({aws}: CheckTarget, names: readonly string[]): Promise<SecretTexts> {
  const given = await aws.secrets.values(names)
  const results = await Promise.allSettled(
    names.map(async name => given.get(name) ?? (await aws.secrets.value(name))),
  )
  return new Map(results.map((result, index) => [names[index] ?? '', result]))
}
