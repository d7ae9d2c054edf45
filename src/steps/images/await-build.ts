import type {Build} from '../../aws/builds.js'
import {isPermanent} from '../../aws/permanent-failures.js'
import {messageOf} from '../../errors.js'
import type {AwsContext} from '../context.js'
import type {StepTools} from '../step.js'

/** Of the clock. A build takes minutes. */
const pollMs = 10_000

/**
 * Waits until a build that no stack waits for has ended, and has `look` see it every time.
 * @param options.what it is called this when it cannot be read, which is told once and tried again
 * @throws what AWS answers when that is not going to change; the signal's reason
 */
export async function awaitBuild(
  {aws, clock}: Pick<AwsContext, 'aws' | 'clock'>,
  started: Build,
  {what, look, tell, signal}: StepTools & {what: string; look(build: Build): Promise<void> | void},
): Promise<Build> {
  let silent: unknown
  for (let build = started; ; ) {
    try {
      build = (await aws.builds.describe(build.id)) ?? build
      await look(build)
      if (build.complete) return build
      silent = undefined
    } catch (error) {
      if (signal.aborted || isPermanent(error)) throw error
      if (silent === undefined)
        tell({kind: 'note', text: `${what} cannot be read, retrying: ${messageOf(error)}`})
      silent = error
    }
    await clock.sleep(pollMs, signal)
  }
}
