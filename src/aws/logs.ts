import type {Clients} from './clients.js'
import {isNamed} from './errors.js'
import {unlessAbsent} from './pages.js'

/** What CloudWatch Logs has been told. */
export interface Logs {
  /** The last `most` messages of a stream, oldest first; undefined when the group or the stream does not exist. */
  tail(group: string, stream: string, most: number): Promise<readonly string[] | undefined>
  /** Names of the streams that were written to last, newest first; undefined when the group does not exist. */
  newestStreams(group: string, most: number): Promise<readonly string[] | undefined>
}

export function createLogs(clients: Pick<Clients, 'logs'>): Logs {
  return {
    async tail(group, stream, most) {
      const logs = await clients.logs()
      // Without `startFromHead` the newest events come, in the order in which they were written.
      const ask = () => logs.getLogEvents({logGroupName: group, logStreamName: stream, limit: most})
      const answer = await unlessAbsent(ask, isAbsent, undefined)
      return answer && (answer.events ?? []).map(({message = ''}) => message.trimEnd())
    },

    async newestStreams(group, most) {
      const logs = await clients.logs()
      const ask = () =>
        logs.describeLogStreams({
          logGroupName: group,
          orderBy: 'LastEventTime',
          descending: true,
          limit: most,
        })
      const answer = await unlessAbsent(ask, isAbsent, undefined)
      return answer && (answer.logStreams ?? []).flatMap(({logStreamName}) => logStreamName ?? [])
    },
  }
}

function isAbsent(error: unknown): boolean {
  return isNamed(error, 'ResourceNotFoundException')
}
