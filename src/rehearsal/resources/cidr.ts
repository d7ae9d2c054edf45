/** IPv4 ranges. */
export interface Cidr {
  first: number
  last: number
  prefix: number
}

/** A range from `a.b.c.d/n`, host bits ignored as EC2 ignores them; undefined when it is not one. */
export function parseCidr(value: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(value)
  if (!match) return undefined
  const bytes = match.slice(1, 5).map(Number)
  const prefix = Number(match[5])
  if (bytes.some(byte => byte > 255) || prefix > 32) return undefined
  const size = 2 ** (32 - prefix)
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const first = address - (address % size)
  return {first, last: first + size - 1, prefix}
}

export function overlaps(left: Cidr, right: Cidr): boolean {
  return left.first <= right.last && right.first <= left.last
}

/** Whether `inner` lies wholly in `outer`. */
export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

export function addressText(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}
