import {McpgwError} from '../../errors.js'

/**
 * Does what AWS may refuse. A permission that is missing ends no teardown, for the rest can still be done: `onRefused`
 * notes what could not be told or done.
 * @returns undefined when it was refused
 * @throws every other failure
 */
export async function unlessRefused<T>(
  work: () => Promise<T>,
  onRefused: (reason: string) => void,
): Promise<T | undefined> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof McpgwError) || error.code !== 'ACCESS_DENIED') throw error
    onRefused(error.message)
    return undefined
  }
}
