import {pbkdf2, randomBytes} from 'node:crypto'
import {promisify} from 'node:util'
import type {CredentialRepresentation} from './representations.js'

const derive = promisify(pbkdf2)

/** As Keycloak 23 hashes by itself, so that it does not do so again at the first login. Source: its class Pbkdf2Sha256PasswordHashProviderFactory. */
const iterations = 27_500
const keyBytes = 64
const saltBytes = 16

/**
 * A password as a realm's export holds it. Keycloak would take 60 ms of its one core for each plain one, longer for a
 * class than CloudFront waits for an answer; and what is not sent cannot be read on the way.
 */
export async function hashedPassword(password: string): Promise<CredentialRepresentation> {
  const salt = randomBytes(saltBytes)
  const value = await derive(password, salt, iterations, keyBytes, 'sha256')
  return {
    type: 'password',
    secretData: JSON.stringify({
      value: value.toString('base64'),
      salt: salt.toString('base64'),
      additionalParameters: {},
    }),
    credentialData: JSON.stringify({
      hashIterations: iterations,
      algorithm: 'pbkdf2-sha256',
      additionalParameters: {},
    }),
  }
}
