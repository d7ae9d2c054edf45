/**
 * A setup file: each embedded Keycloak of a test makes RSA keys for its realms, and a pair takes a tenth of a second of CPU and
 * more. The accounts of one worker get a few real pairs in turn, so that the realms of one account have different ones.
 */

/** More than any account asks for: it has two realms, which are made anew now and then. */
const pairs = 8

const handedOn = Symbol.for('mcpgw.test.key-pairs')
const subtle: typeof crypto.subtle & {[handedOn]?: boolean} = crypto.subtle

// It is run before each file, and a worker serves many.
if (!subtle[handedOn]) {
  const generate = subtle.generateKey
  const made: Promise<unknown>[] = []
  let asked = 0
  const generateKey = (...given: unknown[]): Promise<unknown> => {
    const make = () => Reflect.apply(generate, subtle, given) as Promise<unknown>
    const [{name, modulusLength}] = given as [{name?: string; modulusLength?: number}]
    if (name !== 'RSASSA-PKCS1-v1_5' || modulusLength !== 2048) return make()
    asked += 1
    const pair = made[asked % pairs] ?? make()
    made[asked % pairs] = pair
    return pair
  }
  Object.assign(subtle, {generateKey, [handedOn]: true})
}

export {}
