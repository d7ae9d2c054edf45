import {contentsText} from '../report/contents-text.js'
import {formatSeconds} from '../report/words.js'
import type {ExistingStack} from '../steps/stacks/existing-stacks.js'
import type {DeletionContext} from '../steps/teardown/context.js'
import {takeInventory} from '../steps/teardown/inventory.js'
import {visible} from '../visible.js'

/**
 * What the user confirms: where it is, and which stacks of which age are concerned.
 * @param options.holds whether what they hold is told, too, because it goes with them
 */
export async function existingStacksText(
  intent: string,
  {aws, clock, identity, inventory}: Pick<DeletionContext, 'aws' | 'clock' | 'identity' | 'inventory'>,
  existingStacks: readonly ExistingStack[],
  {holds = true}: {holds?: boolean} = {},
): Promise<string> {
  const alias = await aws.accountAlias.alias()
  const account = `${identity?.account ?? '?'}${alias === undefined ? '' : ` (${alias})`}`
  const lines = existingStacks.map(({stack}) => {
    const age = formatSeconds((clock.now() - stack.createdAt) / 1000)
    return visible(`  ${stack.name} (${stack.status}, created ${age} ago)`)
  })
  const held = holds ? contentsText(inventory ?? (await takeInventory(aws.stacks, existingStacks))) : []
  return [visible(`${intent}, in account ${account}, region ${aws.region}:`), ...lines, ...held].join('\n')
}
