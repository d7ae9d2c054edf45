import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {allPages, unlessAbsent} from './pages.js'

/** CloudWatch Logs. */
export interface LogGroups {
  /** Names of the groups that begin with `prefix`. */
  withPrefix(prefix: string): Promise<readonly string[]>
  /** Names of the groups that have `part` anywhere in them. */
  containing(part: string): Promise<readonly string[]>
  /** A missing group is no error. */
  delete(name: string): Promise<void>
}

export function createLogGroups(clients: Pick<Clients, 'logs'>): LogGroups {
  return {
    withPrefix: prefix => list(clients, {logGroupNamePrefix: prefix}),

    containing: part => list(clients, {logGroupNamePattern: part}),

    async delete(name) {
      const logs = await clients.logs()
      await unlessAbsent(
        () => logs.deleteLogGroup({logGroupName: name}),
        error => isNamed(error, 'ResourceNotFoundException'),
        undefined,
      )
    },
  }
}

async function list(
  clients: Pick<Clients, 'logs'>,
  by: {logGroupNamePattern: string} | {logGroupNamePrefix: string},
): Promise<readonly string[]> {
  const logs = await clients.logs()
  const groups = await allPages(async token => {
    const page = await logs.describeLogGroups({...by, nextToken: token})
    return {items: page.logGroups, token: page.nextToken}
  })
  return groups.flatMap(({logGroupName}) => logGroupName ?? [])
}
