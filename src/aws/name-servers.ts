import {Resolver} from 'node:dns/promises'

/**
 * The name servers to which the world's DNS delegates a domain, without the dots at their ends; none when the domain
 * has none. Undefined when that cannot be asked: DNS does not answer, or something else stands for AWS and has names
 * that nobody else knows.
 */
export type NameServers = (domain: string) => Promise<readonly string[] | undefined>

/** What DNS says of a domain that it does not know, and of one without name servers. */
const noServers = ['ENOTFOUND', 'ENODATA']
/** Milliseconds, twice: somebody waits. */
const patience = {timeout: 2_000, tries: 2}

/** @param resolve asks DNS; another one for tests */
export function createNameServers(
  endpoint: string | undefined,
  resolve: (domain: string) => Promise<readonly string[]> = domain =>
    new Resolver(patience).resolveNs(domain),
): NameServers {
  return async domain => {
    if (endpoint !== undefined) return undefined
    try {
      const servers = await resolve(domain)
      return servers.map(server => server.replace(/\.$/, '').toLowerCase())
    } catch (error) {
      const {code} = error as NodeJS.ErrnoException
      return noServers.includes(code ?? '') ? [] : undefined
    }
  }
}
