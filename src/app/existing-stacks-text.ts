import {contentsText} from '../report/contents-text.js'
import {formatSeconds} from '../report/words.js'
import type {AwsContext} from '../steps/context.js'
import type {StandingStack} from '../steps/stacks/standing.js'
import {takeInventory} from '../steps/teardown/inventory.js'
import {visible} from '../visible.js'

/** What the user confirms: where it is, and which stacks of which age will go. */
export async function existingStacksText(
  intent: string,
  {aws, clock, identity}: Pick<AwsContext, 'aws' | 'clock' | 'identity'>,
  standing: readonly StandingStack[],
): Promise<string> {
  const alias = await aws.accountAlias.alias()
  const account = `${identity?.account ?? '?'}${alias === undefined ? '' : ` (${alias})`}`
  const lines = standing.map(({stack}) => {
    const age = formatSeconds((clock.now() - stack.createdAt) / 1000)
    return visible(`  ${stack.name} (${stack.status}, created ${age} ago)`)
  })
  const holds = contentsText(await takeInventory(aws.stacks, standing))
  return [visible(`${intent}, in account ${account}, region ${aws.region}:`), ...lines, ...holds].join('\n')
}
