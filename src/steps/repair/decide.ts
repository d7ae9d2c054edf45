import type {Reach} from '../../aws/command-line.js'
import {type McpgwError, refused} from '../../errors.js'
import type {Damage, Look} from '../resources/damage.js'
import {repairAction} from '../resources/repair-action.js'
import {deedWords} from '../resources/words.js'

/** How people are told to continue. */
interface Words {
  reach: Reach
  /** `mcpgw deploy …`, as this run was called. */
  deploy: string
  verify: string
}

/**
 * Why what was found cannot be repaired as asked; undefined when it can. What holds data is made anew only by name, and
 * nothing is begun while another part needs a command of its own: it would be in the way.
 * @param accepted logical ids of what may be lost
 */
export function refusal(
  {damages, unread}: Pick<Look, 'damages' | 'unread'>,
  accepted: readonly string[],
  {reach, deploy, verify}: Words,
): McpgwError | undefined {
  const unknown = accepted.find(id => !damages.some(({logicalId}) => logicalId === id))
  if (unknown !== undefined) {
    return refused(
      'NOTHING_LOST',
      `Resource ${unknown} of --accept-loss is not lost. Nothing was changed.`,
      `Run \`${verify}\`: it names what is.`,
    )
  }
  const [first] = unread
  if (first !== undefined) {
    return refused(
      'CANNOT_LOOK',
      `Resources of type ${first.type} could not be looked at (${first.reason}): what is to be repaired is not known. Nothing was changed.`,
      'Give the permission that is missing: docs/iam-policy.md lists it.',
    )
  }
  const ways = damages.map(damage => ({damage, way: repairAction(damage, reach)}))
  const replaced = ways.find(({way}) => way.by === 'replace')
  if (replaced?.way.by === 'replace') {
    return refused(
      'REPAIR_NOT_POSSIBLE',
      `${nameOf(replaced.damage)} cannot be repaired: too much hangs on it. ${deedWords(replaced.damage)} Nothing was changed.`,
      `Run \`${deploy} --replace\` to start over: ${replaced.way.lost}.`,
    )
  }
  const byHand = ways.find(({way}) => way.by === 'command')
  if (byHand?.way.by === 'command') {
    return refused(
      'REPAIR_BY_HAND',
      `${nameOf(byHand.damage)} can be brought back as it was, by one command. ${deedWords(byHand.damage)} Nothing was changed.`,
      `Run \`${byHand.way.command}\`, then \`${deploy} --repair\`.`,
    )
  }
  const inTheWay = ways.find(({way}) => way.by === 'removal')
  if (inTheWay?.way.by === 'removal') {
    const {damage, way} = inTheWay
    return refused(
      'REPAIR_IN_THE_WAY',
      `${nameOf(damage)} cannot be created again: someone created ${way.rival}, which has taken its place. ${deedWords(damage)} Nothing was changed.`,
      `Run \`${way.command}\`, then \`${deploy} --repair\`.`,
    )
  }
  const lost = ways.filter(({damage, way}) => way.by === 'loss' && !accepted.includes(damage.logicalId))
  const [most] = lost
  if (most?.way.by !== 'loss') return undefined
  const flags = [...accepted, ...lost.map(({damage}) => damage.logicalId)]
    .map(id => `--accept-loss ${id}`)
    .join(' ')
  const others = lost.length > 1 ? `, and ${lost.length - 1} more` : ''
  return refused(
    'REPAIR_LOSES_DATA',
    `${nameOf(most.damage)}${others} held data, and is gone: ${most.way.lost}. Nothing was changed.`,
    `Run \`${deploy} --repair ${flags}\` if that is to be.`,
  )
}

export function nameOf({stack, logicalId}: Pick<Damage, 'stack' | 'logicalId'>): string {
  return `${stack.name}/${logicalId}`
}
