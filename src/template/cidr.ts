interface Block {
  readonly address: bigint
  readonly prefix: number
  readonly width: 32 | 128
}

/**
 * The first `count` subnets of a block, each with `subnetBits` host bits, as `Fn::Cidr` makes them. Host
 * bits of the block itself are ignored. IPv6 is written in the short form of RFC 5952.
 * @returns `undefined` when the block is not one, `[]` when it has no room for so many
 */
export function cidrSubnets(block: string, count: number, subnetBits: number): string[] | undefined {
  const parsed = parseBlock(block)
  if (parsed === undefined) return undefined
  const {address, prefix, width} = parsed
  const subnetPrefix = width - subnetBits
  if (subnetPrefix < prefix || subnetBits < 0) return []
  if (2n ** BigInt(subnetPrefix - prefix) < BigInt(count)) return []
  const base = (address >> BigInt(width - prefix)) << BigInt(width - prefix)
  const format = width === 32 ? formatIpv4 : formatIpv6
  return Array.from({length: count}, (_, index) => {
    return `${format(base + (BigInt(index) << BigInt(subnetBits)))}/${subnetPrefix}`
  })
}

/** A block without host bits, as EC2 keeps it: `10.0.0.0/8` for `10.0.0.1/8`. What is no block stays as it is. */
export function networkOf(block: string): string {
  const parsed = parseBlock(block)
  const [network] = parsed === undefined ? [] : (cidrSubnets(block, 1, parsed.width - parsed.prefix) ?? [])
  return network ?? block
}

/** The network that a text like `10.0.0.0/16` or `2600:1f18::/56` names. */
export function parseBlock(text: string): Block | undefined {
  const match = /^([0-9a-fA-F.:]+)\/([0-9]{1,3})$/.exec(text)
  if (match === null) return undefined
  const [, literal = '', prefixText] = match
  const width = literal.includes(':') ? 128 : 32
  const address = width === 128 ? parseIpv6(literal) : parseIpv4(literal)
  const prefix = Number(prefixText)
  return address === undefined || prefix > width ? undefined : {address, prefix, width}
}

function parseIpv4(text: string): bigint | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^[0-9]{1,3}$/.test(part) && Number(part) < 256))
    return undefined
  return parts.reduce((address, part) => (address << 8n) | BigInt(part), 0n)
}

function parseIpv6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail = []] = halves.map(half => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail]
  if (!groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))) return undefined
  return groups.reduce((address, group) => (address << 16n) | BigInt(`0x${group}`), 0n)
}

function formatIpv4(address: bigint): string {
  return [24n, 16n, 8n, 0n].map(shift => (address >> shift) & 255n).join('.')
}

function formatIpv6(address: bigint): string {
  const groups = Array.from({length: 8}, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  )
  const zeros = longestZeros(groups)
  if (zeros.length < 2) return groups.join(':')
  return `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`
}

function longestZeros(groups: readonly string[]): {start: number; length: number} {
  let best = {start: 0, length: 0}
  let length = 0
  for (const [index, group] of groups.entries()) {
    length = group === '0' ? length + 1 : 0
    if (length > best.length) best = {start: index - length + 1, length}
  }
  return best
}
