import {createHash, createHmac, timingSafeEqual} from 'node:crypto'
import {inflateSync} from 'node:zlib'

/** Between the parts of a signed value. */
const separator = '.'

/**
 * A value as itsdangerous' URLSafeTimedSerializer signs it: auth server and registry know each other's sessions by it,
 * because both have the same SECRET_KEY. Source: itsdangerous 2, "URL Safe Serialization", "Signing With Timestamps".
 */
export function signedCookie(secret: string, value: unknown, now: number): string {
  const payload = Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${payload}${separator}${timestamp(now)}`
  return `${text}${separator}${signature(secret, text)}`
}

/** The value of a cookie that was signed with this secret at most `maxAgeSeconds` ago; undefined for any other. */
export function valueOfCookie(
  secret: string,
  cookie: string,
  {now, maxAgeSeconds}: {now: number; maxAgeSeconds: number},
): Record<string, unknown> | undefined {
  const parts = cookie.split(separator)
  const given = parts.pop() ?? ''
  const stamp = parts.at(-1) ?? ''
  const wanted = signature(secret, parts.join(separator))
  if (given.length !== wanted.length || !timingSafeEqual(Buffer.from(given), Buffer.from(wanted))) {
    return undefined
  }
  const signedAt = Buffer.from(stamp, 'base64url').reduce((sum, byte) => sum * 256 + byte, 0)
  if (now / 1000 - signedAt > maxAgeSeconds) return undefined
  return payloadOf(parts.slice(0, -1).join(separator))
}

/** What is long is compressed, which a dot at its beginning says. */
function payloadOf(text: string): Record<string, unknown> | undefined {
  const isCompressed = text.startsWith(separator)
  const bytes = Buffer.from(isCompressed ? text.slice(1) : text, 'base64url')
  const value: unknown = JSON.parse((isCompressed ? inflateSync(bytes) : bytes).toString('utf8'))
  return typeof value === 'object' && value !== null ? {...value} : undefined
}

function timestamp(now: number): string {
  const bytes = Buffer.alloc(6)
  bytes.writeUIntBE(Math.floor(now / 1000), 0, 6)
  return bytes.subarray(bytes.findIndex(byte => byte !== 0)).toString('base64url')
}

function signature(secret: string, text: string): string {
  const key = createHash('sha1').update(`itsdangeroussigner${secret}`).digest()
  return createHmac('sha1', key).update(text).digest('base64url')
}
