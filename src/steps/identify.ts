import type {AwsContext} from './context.js'
import type {Step} from './step.js'

/**
 * Finds out whose account this is, before anything else is told of it.
 * @param meanwhile begins to read what is needed next; what comes of it is waited for by whoever needs it
 */
export function identify<Context extends AwsContext>(
  meanwhile: (context: Context) => void = () => {},
): Step<Context> {
  return {
    id: 'identify',
    title: 'Identify the account',
    async run(context, {tell}) {
      const {aws} = context
      meanwhile(context)
      context.identity = await aws.identity.whoAmI()
      const where = aws.endpoint === undefined ? '' : ` at ${aws.endpoint}`
      tell({kind: 'note', text: `Account ${context.identity.account}, region ${aws.region}${where}`})
    },
  }
}
