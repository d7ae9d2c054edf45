import {curlCommand} from '../../aws/command-line.js'
import type {ProbeResult} from '../../aws/probe.js'
import {type Endpoint, endpointsOf} from '../../environment/endpoints.js'
import type {EndpointHealth} from '../../results.js'
import type {CheckTarget} from './check-target.js'
import {type Finding, type Problem, verdictOf} from './problem.js'
import {deployLine} from './remedies.js'

const timeoutMs = 10_000
/** A dropped connection says little; three in a row say something. */
const attempts = 3
/** Of the clock. */
const retryMs = 2000

/** The outputs that say where the environment answers. */
const urlOutputs = ['RegistryUrl', 'KeycloakUrl']

/** Every endpoint that the outputs name; an output that is missing is a failure of its own. */
export async function checkEndpoints(target: CheckTarget): Promise<Finding<EndpointHealth>[]> {
  const probed = await Promise.all(
    endpointsOf(target.outputs).map(endpoint => checkEndpoint(endpoint, target)),
  )
  const missing = urlOutputs
    .filter(output => !target.outputs[output])
    .map(output => {
      const what = `The stacks have no output ${output}.`
      const problem = {what, todo: `Run: ${deployLine(target)}`, permanent: true}
      return {check: {name: output, url: '', status: null, ...verdictOf(problem)}, problem}
    })
  return [...probed, ...missing]
}

async function checkEndpoint(endpoint: Endpoint, target: CheckTarget): Promise<Finding<EndpointHealth>> {
  const {name, url} = endpoint
  const answer = await probePatiently(url, target)
  const problem = endpointProblem(endpoint, answer, target)
  const status = 'failure' in answer ? null : answer.status
  return {check: {name, url, status, ...verdictOf(problem)}, problem}
}

function endpointProblem(endpoint: Endpoint, answer: ProbeResult, {aws}: CheckTarget): Problem | undefined {
  const {url, expectedStatus} = endpoint
  if ('failure' in answer) {
    const what = `${url} does not answer: ${answer.failure}.`
    const todo = `Look at the services and target groups above, then: ${curlCommand('-v', url, aws)}`
    return {what, todo, permanent: false}
  }
  if (answer.status !== expectedStatus) {
    const what = `${url} answered ${answer.status} instead of ${expectedStatus}.`
    return {what, todo: `Look: ${curlCommand('-i', url, aws)}`, permanent: false}
  }
  const what = endpoint.problem(answer.body)
  return what === undefined
    ? undefined
    : {what, todo: `Look: ${curlCommand('-s', url, aws)}`, permanent: false}
}

async function probePatiently(url: string, {aws, clock, signal}: CheckTarget): Promise<ProbeResult> {
  for (let attempt = 1; ; attempt++) {
    const answer = await aws.probe(url, {timeoutMs})
    if (!('failure' in answer) || attempt === attempts) return answer
    await clock.sleep(retryMs, signal)
  }
}
