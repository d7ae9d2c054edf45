/** Which requests are not AWS API calls but go to something that the account hosts. */
import type {WireRequest} from './message.js'
import {bucketOfHost} from './s3-address.js'

/** Whether the account has something that answers under a host name. */
export type Hosts = (name: string) => boolean

/** Names that AWS gives to what an account hosts. Under one that nothing here has, nobody answers. */
const GIVEN = /\.(?:cloudfront\.net|elb\.amazonaws\.com(?:\.cn)?)$/
const API = /(?:^|\.)amazonaws\.com(?:\.cn)?$/
/** `0.0.0.0` is not among these: browsers let pages ask there without a word of where they come from. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[?::1\]?|)$/

/** Whether a name stands for this machine only; a request of HTTP 1.0 may come without any. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(host)

/** Whether a name is that of an API of AWS, or of a bucket. */
export const isApi = (host: string): boolean =>
  !GIVEN.test(host) && (API.test(host) || bucketOfHost(host) !== undefined)

/** Paths under this prefix belong to the account itself, on every host and whatever their signature. */
export const OWN_PATH = '/_mcpgw/'

/** Whether a name is that of a load balancer, a distribution or a custom domain of the account. */
export const isHosted = (host: string, hosts: Hosts): boolean =>
  !isLoopback(host) && !isApi(host) && hosts(host)

/** Whether a request is for a load balancer, a distribution, a custom domain or the account's own paths. */
export const isPlain = ({host, path}: Pick<WireRequest, 'host' | 'path'>, hosts: Hosts): boolean =>
  path.startsWith(OWN_PATH) || isHosted(host, hosts)
