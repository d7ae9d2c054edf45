/** Which requests are not AWS API calls but go to something that the account hosts. */
import type {WireRequest} from './message.js'
import {bucketOfHost} from './s3-address.js'

const HOSTED = /\.(?:cloudfront\.net|elb\.amazonaws\.com)$/
const API = /(?:^|\.)amazonaws\.com(?:\.cn)?$/
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|0\.0\.0\.0|)$/

/** Whether a name stands for this machine only; a request of HTTP 1.0 may come without any. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** Paths under this prefix belong to the account itself, on every host and whatever their signature. */
export const OWN_PATH = '/_mcpgw/'

/** Whether a request is for a load balancer, a distribution, a custom domain or the account's own paths. */
export function isPlain(request: WireRequest, signed: boolean): boolean {
  const {host, path, headers} = request
  if (path.startsWith(OWN_PATH) || HOSTED.test(host)) return true
  if (signed || headers['x-amz-target'] !== undefined) return false
  return !API.test(host) && !isLoopback(host) && bucketOfHost(host) === undefined
}
