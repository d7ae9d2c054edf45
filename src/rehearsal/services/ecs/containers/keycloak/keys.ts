import {createHmac, randomBytes, randomUUID, timingSafeEqual} from 'node:crypto'
import type {CryptoKey, JWK, JWTPayload} from 'jose'
import type {Realm, RealmKeys} from './data.js'

// jose is loaded when the first token is needed: most commands never ask for one.
const jose = () => import('jose')

interface Loaded {
  privateKey: CryptoKey
  publicKey: CryptoKey
  publicJwk: JWK
}

const making = new WeakMap<Realm, Promise<RealmKeys>>()
const loaded = new WeakMap<RealmKeys, Promise<Loaded>>()

/** The keys of a realm, made at their first use: some 100 ms of work. */
export function keysOf(realm: Realm): Promise<RealmKeys> {
  if (realm.keys) return Promise.resolve(realm.keys)
  // Two requests at once must not make two keys.
  const known = making.get(realm)
  if (known) return known
  const made = makeKeys().then(keys => {
    realm.keys = keys
    making.delete(realm)
    return keys
  })
  making.set(realm, made)
  return made
}

async function makeKeys(): Promise<RealmKeys> {
  const {generateKeyPair, exportJWK, calculateJwkThumbprint} = await jose()
  const {privateKey} = await generateKeyPair('RS256', {extractable: true, modulusLength: 2048})
  const jwk = await exportJWK(privateKey)
  return {
    kid: await calculateJwkThumbprint(jwk),
    privateKey: {...jwk},
    secret: randomBytes(64).toString('base64url'),
    secretKid: randomUUID(),
  }
}

function load(keys: RealmKeys): Promise<Loaded> {
  const known = loaded.get(keys)
  if (known) return known
  const made = loadNow(keys)
  loaded.set(keys, made)
  return made
}

async function loadNow({privateKey, kid}: RealmKeys): Promise<Loaded> {
  const {importJWK} = await jose()
  const {kty, n, e} = privateKey as JWK
  const publicJwk: JWK = {kid, kty: String(kty), alg: 'RS256', use: 'sig', n: String(n), e: String(e)}
  return {
    privateKey: (await importJWK(privateKey as JWK, 'RS256')) as CryptoKey,
    publicKey: (await importJWK(publicJwk, 'RS256', {extractable: true})) as CryptoKey,
    publicJwk,
  }
}

/** A token as Keycloak signs what others read. */
export async function signed(realm: Realm, claims: JWTPayload): Promise<string> {
  const keys = await keysOf(realm)
  const {SignJWT} = await jose()
  const {privateKey} = await load(keys)
  return new SignJWT(claims).setProtectedHeader({alg: 'RS256', typ: 'JWT', kid: keys.kid}).sign(privateKey)
}

/** The claims of a token that this realm has signed and that lives at `now` (epoch ms); undefined for any other. */
export async function verified(realm: Realm, token: string, now: number): Promise<JWTPayload | undefined> {
  const {jwtVerify} = await jose()
  const {publicKey} = await load(await keysOf(realm))
  try {
    return (await jwtVerify(token, publicKey, {algorithms: ['RS256'], currentDate: new Date(now)})).payload
  } catch {
    // Whatever is wrong with it: Keycloak does not say either.
    return undefined
  }
}

/** Who says that he has signed a token; undefined for what is none. */
export async function issuerIn(token: string): Promise<string | undefined> {
  const {decodeJwt} = await jose()
  try {
    return decodeJwt(token).iss
  } catch {
    return undefined
  }
}

/** A token that only this Keycloak reads. */
export async function sealed(realm: Realm, claims: JWTPayload): Promise<string> {
  const {secret, secretKid} = await keysOf(realm)
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const text = `${part({alg: 'HS256', typ: 'JWT', kid: secretKid})}.${part(claims)}`
  return `${text}.${mac(secret, text).toString('base64url')}`
}

/** The claims of such a token, while it lives; undefined for any other. */
export async function unsealed(realm: Realm, token: string, now: number): Promise<JWTPayload | undefined> {
  const [head = '', body = '', signature = ''] = token.split('.')
  const {secret} = await keysOf(realm)
  const wanted = mac(secret, `${head}.${body}`)
  const given = Buffer.from(signature, 'base64url')
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return undefined
  const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as JWTPayload
  return claims.exp !== undefined && claims.exp * 1000 <= now ? undefined : claims
}

function mac(secret: string, text: string): Buffer {
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(text).digest()
}

/** The public half, as a JSON Web Key Set. */
export async function publicKeys(realm: Realm): Promise<{keys: JWK[]}> {
  const {publicJwk} = await load(await keysOf(realm))
  return {keys: [publicJwk]}
}

/** The public half as the realm's own document shows it: base64 of its SPKI form. */
export async function publicKeyText(realm: Realm): Promise<string> {
  const {exportSPKI} = await jose()
  const {publicKey} = await load(await keysOf(realm))
  return (await exportSPKI(publicKey)).replace(/-----[A-Z ]+-----|\s/g, '')
}
