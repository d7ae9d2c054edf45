import type {World} from '../account/world.js'
import {answerPath, receiveAnswer} from '../services/cloudformation/custom-resources.js'
import {receiveSignal, signalPath} from '../services/cloudformation/wait-signals.js'
import {answerPublicRequest} from '../services/route53/public-hosts.js'
import type {PlainRequest, PlainResponse} from '../wire/index.js'
import {answerControl, type Controls} from './control.js'

/**
 * Answers requests that are not API calls: about the account itself, answers of custom resources, and whatever
 * the account hosts under public names. Undefined when nobody answers there.
 */
export async function answerPlain(
  world: World,
  request: PlainRequest,
  controls: Controls,
): Promise<PlainResponse | undefined> {
  const body = Buffer.from(request.body).toString('utf8')
  if (request.path.startsWith(answerPath)) {
    if (request.method !== 'PUT') return {status: 405}
    return {status: receiveAnswer(world, request.path.slice(answerPath.length), body)}
  }
  if (request.path.startsWith(signalPath)) {
    if (request.method !== 'PUT') return {status: 405}
    return {status: receiveSignal(world, request.path.slice(signalPath.length), body)}
  }
  return (
    (await answerControl(world, request, controls)) ??
    answerPublicRequest(world, {...publicRequest(request), body})
  )
}

/** Host with its port: a load balancer's listeners differ only in that. */
function publicRequest({method, host, path, query, headers}: PlainRequest) {
  return {
    method,
    host: headers.host ?? host,
    path: query.size > 0 ? `${path}?${query}` : path,
    headers: {...headers},
  }
}
