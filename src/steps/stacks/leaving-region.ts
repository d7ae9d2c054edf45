import {knownFailures} from '../../diagnosis/known-failures/index.js'

/** What is to be done with what is in this region, where the advice is another one. */
export interface LeavingRegion {
  readonly words: string
  /** There is nothing else that could be done. */
  readonly isOnlyWay: boolean
}

/**
 * Undefined where the advice is none of another region, and of an environment that stands: its update is undone or corrected
 * instead.
 * @param failure the entry of docs/failures.md that explains it
 * @param status of the stack
 */
export function leavingRegion(
  failure: string | undefined,
  status: string,
  commandLine: (command: string) => string,
): LeavingRegion | undefined {
  const known = knownFailures.find(({id}) => id === failure)
  if (known?.inAnotherRegion === undefined || !/^(CREATE|ROLLBACK|DELETE)_/.test(status)) return undefined
  const teardown = `\`${commandLine('teardown')}\``
  return known.inAnotherRegion === 'only'
    ? {words: `What was created in this region may cost money: remove it with ${teardown}.`, isOnlyWay: true}
    : {
        words: `(Deployed to another region, the environment is not needed in this one: remove what was created here with ${teardown}.)`,
        isOnlyWay: false,
      }
}
