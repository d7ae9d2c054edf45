import {requireContext} from '../context.js'
import type {Step} from '../step.js'
import type {RealmContext} from './context.js'
import {makeRealm} from './make-realm.js'

/** An existing environment answers, or something is wrong with it. */
const patienceMs = 60_000

/** Makes the realm of an existing environment, or what it lacks. */
export function makeExistingRealm(): Step<RealmContext> {
  return {
    id: 'realm',
    title: 'Create the login realm',
    async run(context, {tell, signal}) {
      const {aws, clock, environment, students, record} = context
      context.realm = await makeRealm({
        aws,
        clock,
        environment,
        outputs: requireContext(context.outputs, 'the outputs'),
        parameters: requireContext(context.parameters, 'the parameters'),
        students,
        patienceMs,
        signal,
        tell,
        commandLine: command => context.commandLine(command),
        onChange: () => record.changed(),
      })
    },
  }
}
