import {isPermanent} from '../../aws/permanent-failures.js'
import {McpgwError} from '../../errors.js'
import type {Check, CheckContext, Checked, Finding} from './check.js'

/** Checks at a time: enough to hide the way to AWS, too few to be throttled by any of its services. */
const atATime = 6

/**
 * Runs all checks, whatever some of them find, and gives what they found in the order of the list.
 * @throws when AWS cannot be reached or does not accept the credentials: then nothing at all is known
 */
export async function runChecks(
  checks: readonly Check[],
  context: CheckContext,
  {silenced, signal}: {silenced: ReadonlySet<string>; signal: AbortSignal},
): Promise<readonly Checked[]> {
  const results: Checked[] = []
  const waiting = checks.entries()
  const over = new AbortController()
  const either = AbortSignal.any([signal, over.signal])
  const work = async () => {
    for (const [index, check] of waiting) {
      either.throwIfAborted()
      results[index] = await runCheck(check, context, silenced.has(check.id))
    }
  }
  try {
    await Promise.all(Array.from({length: atATime}, work))
  } finally {
    over.abort()
  }
  return results
}

async function runCheck(check: Check, context: CheckContext, isSilenced: boolean): Promise<Checked> {
  const {id, title} = check
  const resultOf = ({
    verdict,
    detail,
    advice = null,
  }: Omit<Finding, 'advice'> & {advice?: string | null}) => ({
    id,
    title,
    verdict,
    detail,
    advice,
  })
  if (isSilenced) return resultOf({verdict: 'skip', detail: 'left out, as --skip-check asks'})
  try {
    return resultOf(await check.run(context))
  } catch (error) {
    if (!(error instanceof McpgwError) || endsAll(error)) throw error
    if (error.exitCode === 2 || error.exitCode === 3) {
      return {...resultOf({verdict: 'block', detail: error.message, advice: error.hint}), failure: error}
    }
    // Nobody knows whether it would pass: that is worth a line before hours of work, and no reason to refuse.
    if (error.code === 'ACCESS_DENIED') {
      const advice = `Attach docs/iam-policy-reads.json, which allows everything that the checks read, or leave this check out with --skip-check ${id}.`
      return resultOf({verdict: 'warn', detail: `Not checked: ${error.message}`, advice})
    }
    return resultOf({verdict: 'skip', detail: error.message})
  }
}

/** Codes after which no other check would fare better. */
function endsAll(error: McpgwError): boolean {
  return isNoAws(error) || (isPermanent(error) && error.code !== 'ACCESS_DENIED')
}

/** Nobody answers, or somebody else does. */
function isNoAws({code}: McpgwError): boolean {
  return code === 'UNREACHABLE' || code === 'NOT_AWS'
}
