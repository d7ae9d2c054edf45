import type {ProbeResult} from '../../aws/probe.js'
import {type Endpoint, endpointsOf} from '../../environment/endpoints.js'
import type {EndpointHealth} from '../../results.js'
import type {CheckTarget} from './health.js'

const timeoutMs = 10_000
/** A dropped connection says little; three in a row say something. */
const attempts = 3
/** Of the clock. */
const retryMs = 2000

/** The outputs that say where the environment answers. */
const urlOutputs = ['RegistryUrl', 'KeycloakUrl']

/** Every endpoint that the outputs name; an output that is missing is a failure of its own. */
export async function checkEndpoints(target: CheckTarget): Promise<EndpointHealth[]> {
  const probed = await Promise.all(
    endpointsOf(target.outputs).map(endpoint => checkEndpoint(endpoint, target)),
  )
  const missing = urlOutputs
    .filter(output => !target.outputs[output])
    .map(output => ({
      name: output,
      url: '',
      status: null,
      ok: false,
      reason: `The stacks have no output ${output}. Run: ${target.commandLine('deploy')}`,
    }))
  return [...probed, ...missing]
}

async function checkEndpoint(endpoint: Endpoint, target: CheckTarget): Promise<EndpointHealth> {
  const {name, url} = endpoint
  const answer = await probePatiently(url, target)
  if ('failure' in answer) {
    const reason = `${url} does not answer: ${answer.failure}. Look at the services and target groups above, then: curl -v ${url}`
    return {name, url, status: null, ok: false, reason}
  }
  const {status} = answer
  if (status !== endpoint.expectedStatus) {
    const reason = `${url} answered ${status} instead of ${endpoint.expectedStatus}. Look: curl -i ${url}`
    return {name, url, status, ok: false, reason}
  }
  const problem = endpoint.problem(answer.body)
  if (problem === undefined) return {name, url, status, ok: true, reason: null}
  return {name, url, status, ok: false, reason: `${problem} Look: curl -s ${url}`}
}

async function probePatiently(url: string, {aws, clock, signal}: CheckTarget): Promise<ProbeResult> {
  for (let attempt = 1; ; attempt++) {
    const answer = await aws.probe(url, {timeoutMs})
    if (!('failure' in answer) || attempt === attempts) return answer
    await clock.sleep(retryMs, signal)
  }
}
