import type {Aws} from '../../aws/aws.js'
import type {UseRealm} from '../../keycloak/keycloak.js'
import {readPasswords, type StudentPasswords} from './student-passwords.js'

/**
 * Two runs at once both write the secret, and the last one stays. The accounts that this run made get the passwords
 * that are in the secret now, so that what is handed out is what works.
 *
 * @param names of the students whose accounts this run made
 */
export async function agreeOnPasswords(options: {
  aws: Pick<Aws, 'secrets'>
  environment: string
  useRealm: UseRealm
  names: readonly string[]
  /** Those that the accounts were made with. */
  passwords: StudentPasswords
}): Promise<void> {
  const {aws, environment, useRealm, names, passwords} = options
  const kept = await readPasswords(aws.secrets, environment)
  const differing = new Set(names.filter(name => kept.has(name) && kept.get(name) !== passwords.get(name)))
  if (differing.size === 0) return
  await useRealm(async admin => {
    for (const user of await admin.users()) {
      const password = differing.has(user.username ?? '') ? kept.get(user.username ?? '') : undefined
      if (password !== undefined) await admin.setPassword(user, password)
    }
  })
}
