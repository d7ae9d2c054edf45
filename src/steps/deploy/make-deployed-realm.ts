import {requireContext} from '../context.js'
import {makeRealm} from '../realm/make-realm.js'
import type {Step} from '../step.js'
import type {DeployContext} from './context.js'

/** The services are steady; the name of a new distribution may take minutes to be known everywhere. */
const patienceMs = 5 * 60_000

/** Makes the realm that a class logs in to, or what it lacks. */
export function makeDeployedRealm(): Step<DeployContext> {
  return {
    id: 'realm',
    title: 'Create the login realm',
    skip: ({settings}) => (settings.realm ? undefined : 'not wanted (--no-realm)'),
    async run(context, {tell, signal}) {
      const {aws, clock, environment, settings, record} = context
      context.realm = await makeRealm({
        aws,
        clock,
        environment,
        outputs: requireContext(context.outputs, 'the outputs'),
        parameters: requireContext(context.parameters, 'the parameters'),
        students: settings.students,
        patienceMs,
        signal,
        tell,
        commandLine: command => context.commandLine(command),
        onChange: () => record.changed(),
      })
    },
  }
}
