/** What a probe needs of the HTTP client, in a module of its own so that it is loaded when something is probed. */
export {Agent, Client, interceptors, Pool, ProxyAgent, request} from 'undici'
