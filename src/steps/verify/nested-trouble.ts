import {isDeleting} from '../../aws/stack-status.js'
import {failed, type McpgwError} from '../../errors.js'
import type {AwsContext} from '../context.js'
import {decideNested, stateWords} from '../stacks/decide-nested.js'
import {type NestedStack, troubleOf} from '../stacks/nested.js'

/**
 * What is the matter with the nested stacks of a root that is itself complete and at rest; undefined when nothing is.
 * The services may still answer while their stack is being deleted: healthy is not said of that.
 */
export function nestedTrouble(
  {environment, commandLine}: Pick<AwsContext, 'environment' | 'commandLine'>,
  all: readonly NestedStack[],
): McpgwError | undefined {
  const decision = decideNested(all)
  const deploy = commandLine('deploy')
  const matters = all.filter(nested => troubleOf(nested) !== undefined)
  const words = matters.map(nested => `nested stack ${nested.name} ${stateWords(nested)}`).join('; ')
  switch (decision.action) {
    case 'none':
      return undefined
    case 'await': {
      const [first] = decision.busy
      const doing = decision.busy.some(({status}) => isDeleting(status))
        ? 'deleted in part'
        : 'changed in part'
      return failed(
        'ENVIRONMENT_BUSY',
        `Environment ${environment} is being ${doing} (${words}): there is nothing to check before that has ended.`,
        {
          hint: `Run \`${deploy}\`, which follows it and then brings back what is missing, or \`${commandLine('watch')}\` to follow it only.`,
          resource: first?.name,
        },
      )
    }
    case 'remake':
      return failed('ENVIRONMENT_FAILED', `Environment ${environment} is not complete: ${words}.`, {
        hint: `Run \`${deploy}\`, which creates it again.`,
        resource: (decision.remove[0] ?? decision.gone[0])?.name,
      })
    case 'refuse':
      return failed('ENVIRONMENT_FAILED', `Environment ${environment} is not complete: ${words}.`, {
        hint: `Run \`${deploy} --replace\` to start over: ${decision.lost}.`,
        resource: decision.nested.name,
      })
  }
}
