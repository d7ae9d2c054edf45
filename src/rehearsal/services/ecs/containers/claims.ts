/** What a token says, whoever signed it; nothing for what is none. */
export function claimsIn(token: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'))
    return typeof value === 'object' && value !== null ? {...value} : {}
  } catch {
    return {}
  }
}
