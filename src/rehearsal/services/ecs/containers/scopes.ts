/**
 * Who may do what: what matters here of auth_server/scopes.yml of v1.0.7.
 */
interface Rule {
  server: string
  methods: readonly string[]
  tools?: readonly string[]
}

const mcpMethods = [
  'initialize',
  'notifications/initialized',
  'ping',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/templates/list',
]
const api: Rule = {server: 'api', methods: ['initialize', 'GET']}
const server = (name: string, ...tools: string[]): Rule => ({server: name, methods: mcpMethods, tools})
const everywhere = (...methods: string[]): Rule => ({server: '*', methods, tools: ['*']})

const groupMappings: Readonly<Record<string, readonly string[]>> = {
  'mcp-registry-admin': [
    'mcp-registry-admin',
    'mcp-servers-unrestricted/read',
    'mcp-servers-unrestricted/execute',
  ],
  'registry-admins': ['registry-admins'],
  'registry-users-lob1': ['registry-users-lob1'],
  'registry-users-lob2': ['registry-users-lob2'],
  'mcp-servers-unrestricted': ['mcp-servers-unrestricted/read', 'mcp-servers-unrestricted/execute'],
  'mcp-servers-restricted': ['mcp-servers-unrestricted/read'],
}

const rules: Readonly<Record<string, readonly Rule[]>> = {
  'mcp-servers-unrestricted/read': [everywhere(...mcpMethods, 'GET')],
  'mcp-servers-unrestricted/execute': [everywhere(...mcpMethods, 'GET', 'POST', 'PUT', 'DELETE')],
  'registry-users-lob1': [
    api,
    server('currenttime', 'current_time_by_timezone'),
    server('mcpgw', 'intelligent_tool_finder'),
  ],
  'registry-users-lob2': [
    api,
    server(
      'realserverfaketools',
      'quantum_flux_analyzer',
      'neural_pattern_synthesizer',
      'hyper_dimensional_mapper',
    ),
    server('mcpgw', 'intelligent_tool_finder'),
    server('fininfo', 'get_stock_aggregates', 'print_stock_data'),
  ],
  'registry-admins': [{server: '*', methods: ['all'], tools: ['all']}],
}

/** Which servers a scope shows in the registry; `all` are all. */
const listed: Readonly<Record<string, readonly string[]>> = {
  'mcp-registry-admin': ['all'],
  'registry-admins': ['all'],
  'registry-users-lob1': ['currenttime', 'mcpgw'],
  'registry-users-lob2': ['realserverfaketools', 'mcpgw', 'fininfo'],
}

/** The scopes of these groups; one that the file does not name has none. */
export function scopesOfGroups(groups: readonly string[]): string[] {
  return [...new Set(groups.flatMap(group => own(groupMappings, group) ?? []))]
}

/** Whether these scopes allow a method of a server, and, for `tools/call`, the tool. */
export function mayUse(
  scopes: readonly string[],
  wanted: {server: string; method: string; tool?: string},
): boolean {
  return scopes
    .flatMap(scope => own(rules, scope) ?? [])
    .filter(rule => rule.server === '*' || rule.server === wanted.server)
    .some(({methods, tools = []}) => {
      const name = wanted.method === 'tools/call' && wanted.tool ? wanted.tool : wanted.method
      const anyMethod = methods.includes(wanted.method) || methods.includes('all')
      if (anyMethod && wanted.method !== 'tools/call') return true
      return tools.includes(name) || tools.includes('*') || tools.includes('all')
    })
}

/** Whether these scopes let somebody see a server in the registry. */
export function maySee(scopes: readonly string[], name: string): boolean {
  const names = scopes.flatMap(scope => own(listed, scope) ?? [])
  return names.includes('all') || names.includes(name)
}

function own<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined
}
