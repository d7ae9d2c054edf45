import {failed} from '../../errors.js'
import {elsewhereWords} from '../elsewhere.js'
import {findExistingStacks} from '../stacks/existing-stacks.js'
import {troubleOf} from '../stacks/nested.js'
import type {Step} from '../step.js'
import {nestedOf} from '../watch/find-operations.js'
import type {DiagnoseContext, ExaminedStack} from './context.js'

/** Finds the stack that was named, or those of the environment in either layout. */
export function findStacks(): Step<DiagnoseContext> {
  return {
    id: 'find',
    title: 'Find the stacks',
    async run(context, {tell}) {
      const {stackGiven} = context
      const found =
        stackGiven === undefined ? await ofEnvironment(context) : [await givenStack(context, stackGiven)]
      for (const {stack} of found) tell({kind: 'note', text: `Stack ${stack.name} is ${stack.status}`})
      context.examined = found
    },
  }
}

async function ofEnvironment(context: DiagnoseContext): Promise<ExaminedStack[]> {
  const {aws, environment, commandLine} = context
  const existingStacks = await findExistingStacks(aws.stacks, environment)
  if (existingStacks.length > 0) {
    context.nested = await nestedOf(context, existingStacks)
    return [
      ...existingStacks.map(({stack, layout, stackTarget}) => ({stack, layout, label: stackTarget.label})),
      ...context.nested.flatMap(nested => {
        const {stack, key} = nested
        if (stack === undefined || troubleOf(nested) === undefined) return []
        return [{stack, layout: 'nested' as const, label: key, nested}]
      }),
    ]
  }
  const elsewhere = await elsewhereWords(context)
  throw failed(
    'NO_SUCH_ENVIRONMENT',
    `No such environment: no stack of ${environment} exists in region ${aws.region}. One that was deleted is found by its id only.${elsewhere === undefined ? '' : ` ${elsewhere}`}`,
    {
      hint: `Run \`mcpgw diagnose --run latest\` for what mcpgw recorded, or \`${commandLine('diagnose')} --stack ID\`.`,
      resource: environment,
    },
  )
}

async function givenStack({aws, commandLine}: DiagnoseContext, nameOrId: string): Promise<ExaminedStack> {
  const stack = await aws.stacks.describe(nameOrId)
  if (stack !== undefined) return {stack, label: stack.name, layout: undefined}
  throw failed(
    'NO_SUCH_STACK',
    `There is no stack ${nameOrId} in region ${aws.region}. One that was deleted is found by its id only, for 90 days.`,
    {
      hint: `Name another stack or region, or run \`${commandLine('diagnose')}\`.`,
      resource: nameOrId,
    },
  )
}
