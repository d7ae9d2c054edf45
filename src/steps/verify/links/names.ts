/**
 * The way in of a student, link by link: the account that tries it, the realm, the login in a browser, and the tool
 * call of a program. `after` is the link without which another cannot be tried.
 */
export const links = [
  {name: 'verify account', after: undefined},
  {name: 'realm', after: 'verify account'},
  {name: 'OpenID configuration', after: 'realm'},
  {name: 'login start', after: 'OpenID configuration'},
  {name: 'login page', after: 'login start'},
  {name: 'login', after: 'login page'},
  {name: 'session', after: 'login'},
  {name: 'scopes', after: 'session'},
  {name: 'machine token', after: 'OpenID configuration'},
  {name: 'token contents', after: 'machine token'},
  {name: 'MCP initialize', after: 'token contents'},
  {name: 'MCP tools', after: 'MCP initialize'},
] as const

export type LinkName = (typeof links)[number]['name']
