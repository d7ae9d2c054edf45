/** The template parameter that says who may administer Keycloak. */
export const adminRangesParameter = 'AdminCidrBlocks'

/** The default, which lets everybody try the password. */
const everybody = '0.0.0.0/0'

/** IPv4 ranges that may administer Keycloak. Environments of older templates have no such parameter. */
export function adminRanges(parameters: Readonly<Record<string, string>>): readonly string[] {
  return (parameters[adminRangesParameter] ?? everybody).split(',').map(range => range.trim())
}

/** Only this one range alone is: beside another one the templates narrow it to both. */
export function isEverybody(ranges: readonly string[]): boolean {
  return ranges.length === 1 && ranges[0] === everybody
}
