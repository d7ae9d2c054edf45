import type {AwsContext} from './context.js'
import type {Step} from './step.js'

/** Finds out whose account this is, before anything else is asked of it. */
export function identify(): Step<AwsContext> {
  return {
    id: 'identify',
    title: 'Identify the account',
    async run(context, {tell}) {
      const {aws} = context
      context.identity = await aws.identity.whoAmI()
      const where = aws.endpoint === undefined ? '' : ` at ${aws.endpoint}`
      tell({kind: 'note', text: `Account ${context.identity.account}, region ${aws.region}${where}`})
    },
  }
}
