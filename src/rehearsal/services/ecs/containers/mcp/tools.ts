import type {Tool} from '@modelcontextprotocol/sdk/types.js'

/** A tool of an MCP server, and what it does; without `run` the embedded account only lists it. */
export interface SimulatedTool extends Tool {
  run?(given: Record<string, unknown>, now: number): string
}

const text = (description: string) => ({type: 'string', description})

function listed(name: string, description: string): SimulatedTool {
  return {name, description, inputSchema: {type: 'object', properties: {}}}
}

/** Tools of the servers that v1.0.7 brings, by the server's name. */
export const toolsOf: Readonly<Record<string, readonly SimulatedTool[]>> = {
  currenttime: [
    {
      name: 'current_time_by_timezone',
      description: 'Tells the current time in a time zone.',
      inputSchema: {
        type: 'object',
        properties: {tz_name: {...text('Name of the time zone'), default: 'America/New_York'}},
      },
      run: ({tz_name: zone = 'America/New_York'}, now) => timeIn(String(zone), now),
    },
  ],
  mcpgw: [
    listed('intelligent_tool_finder', 'Finds tools of all servers by what they are to do.'),
    listed('list_services', 'Lists the registered servers.'),
    listed('register_service', 'Registers a server.'),
    listed('remove_service', 'Removes a server.'),
    listed('toggle_service', 'Switches a server on or off.'),
    listed('refresh_service', 'Reads the tools of a server again.'),
    listed('healthcheck', 'Tells the health of all servers.'),
  ],
  realserverfaketools: [
    listed('quantum_flux_analyzer', 'An invented tool.'),
    listed('neural_pattern_synthesizer', 'An invented tool.'),
    listed('hyper_dimensional_mapper', 'An invented tool.'),
    listed('temporal_anomaly_detector', 'An invented tool.'),
    listed('user_profile_analyzer', 'An invented tool.'),
    listed('synthetic_data_generator', 'An invented tool.'),
  ],
}

/** `2025-12-12 09:30:00 EST-0500`, as the real one writes it. @throws Error for a zone that there is not */
function timeIn(zone: string, now: number): string {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-US', {timeZone: zone, ...options}).formatToParts(new Date(now))
  const parts = format({
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  })
  const part = (type: string) => parts.find(each => each.type === type)?.value ?? ''
  const offset = format({timeZoneName: 'longOffset'}).find(({type}) => type === 'timeZoneName')?.value ?? ''
  const digits = offset === 'GMT' ? '+0000' : offset.replace(/GMT|:/g, '')
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}:${part('second')} ${part('timeZoneName')}${digits}`
}
