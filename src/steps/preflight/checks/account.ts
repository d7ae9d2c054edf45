import {requireContext} from '../../context.js'
import {type Check, pass, warn} from '../check.js'

/** Whose account it is. */
export const account: Check = {
  id: 'account',
  title: 'Account',
  looksAt: 'account, alias, region and caller identity; warns about the root user',
  async run({aws, identity}) {
    const {account: number, arn} = requireContext(identity, 'the account')
    const alias = await aws.accountAlias.alias()
    const where = `${number}${alias === undefined ? '' : ` (${alias})`}, region ${aws.region}`
    if (!arn.endsWith(':root')) return pass(`${where}, as ${arn}`)
    return warn(
      `${where}, as its root user`,
      'Use a role or a user with the policies of docs/iam-policy.md: no policy limits the root user.',
    )
  },
}
