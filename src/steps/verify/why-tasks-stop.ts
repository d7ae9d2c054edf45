import type {ContainerService} from '../../aws/containers.js'
import {adviceInWordsOf} from '../../diagnosis/diagnosis.js'
import {explainReasons} from '../../diagnosis/explain-behind.js'
import {endedByItself, taskEvidence, tellingTasks} from '../evidence/tasks.js'
import {callingsOf} from '../stacks/cause.js'
import type {CheckTarget} from './check-target.js'
import {deployLine} from './remedies.js'

/** Why the tasks of a service do not stay, and what to do about it: the catalogue knows it. */
export interface WhyTasksStop {
  /** What it means, in a sentence. */
  readonly meaning: string
  readonly advice: string
}

/**
 * Asks ECS why tasks of a service that lacks some have stopped, and what it says of the service itself. Undefined when
 * none did, or for what the catalogue does not know.
 */
export async function whyTasksStop(
  target: CheckTarget,
  service: ContainerService,
): Promise<WhyTasksStop | undefined> {
  const {aws} = target
  const {cluster, name, events} = service
  const tasks = (await tellingTasks(aws, service)).filter(endedByItself)
  // What was before the service was steady last is over.
  const steady = events.findIndex(message => message.includes('reached a steady state'))
  const reasons = [
    ...tasks.map(task => taskEvidence(service, task).lines.join('\n')),
    ...events.slice(0, steady === -1 ? undefined : steady),
  ]
  const physicalId = `arn:aws:ecs:${aws.region}::service/${cluster}/${name}`
  const known = explainReasons({type: 'AWS::ECS::Service', status: '', physicalId}, reasons)
  if (known === undefined) return undefined
  const callings = callingsOf(
    command => (command === 'deploy' ? deployLine(target) : target.commandLine(command)),
    aws,
  )
  return {meaning: known.meaning, advice: adviceInWordsOf(callings, known.advice)}
}
