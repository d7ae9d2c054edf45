import {invalidInput} from '../errors.js'

/** The proxy of an address, and the variable that names it. */
export interface ProxyServer {
  /** With user and password, when there are any: never shown. */
  readonly url: URL
  /** `http://proxy.example.com:3128 (HTTPS_PROXY)`: without user and password. */
  readonly name: string
}

/**
 * Which proxy leads to an address: HTTPS_PROXY or HTTP_PROXY by its scheme, none for what NO_PROXY lists; in lower case each
 * goes first. As the AWS CLI has it (Python's `urllib.request`): a name in NO_PROXY covers what is below it, with or
 * without a dot before it, a port can be given, `*` covers all. Never for this machine: what listens here is a
 * rehearsal or another stand-in for AWS.
 * @throws McpgwError INVALID_PROXY, exit code 2
 */
export function proxyFor(
  address: string | URL,
  env: NodeJS.ProcessEnv = process.env,
): ProxyServer | undefined {
  const {protocol, hostname, port} = new URL(address)
  const host = hostname.replace(/^\[(.*)\]$/, '$1').toLowerCase()
  if (isThisMachine(host)) return
  const upper = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY'
  const [name, value] = variable(upper, env)
  if (!value || isExempt(host, port || (protocol === 'https:' ? '443' : '80'), env)) return
  return proxyOf(name, value)
}

function proxyOf(name: string, value: string): ProxyServer {
  // As botocore: without a scheme it is an http proxy.
  const written = /^[a-z][a-z\d+.-]*:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`
  if (!URL.canParse(written) || !/^https?:$/.test(new URL(written).protocol)) {
    // The value may hold a password.
    throw invalidInput(
      'INVALID_PROXY',
      `${name} is not the http or https URL of a proxy.`,
      `Write it as http://HOST:PORT, or unset ${name}; a password with special characters has to be percent-encoded.`,
    )
  }
  const url = new URL(written)
  return {url, name: `${url.protocol}//${url.host} (${name})`}
}

function variable(upper: string, env: NodeJS.ProcessEnv): [name: string, value: string | undefined] {
  const lower = upper.toLowerCase()
  return env[lower] === undefined ? [upper, env[upper]?.trim()] : [lower, env[lower].trim()]
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host)
}

function isExempt(host: string, port: string, env: NodeJS.ProcessEnv): boolean {
  const [, list = ''] = variable('NO_PROXY', env)
  return list
    .toLowerCase()
    .split(',')
    .map(entry => entry.trim().replace(/^\*?\.(?=.)/, ''))
    .some(entry => {
      if (entry === '' || entry === '*') return entry === '*'
      const [, name = entry, ofPort = port] = /^(.*):(\d+)$/.exec(entry) ?? []
      return ofPort === port && (host === name || host.endsWith(`.${name}`))
    })
}
