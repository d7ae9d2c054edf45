import type {Aws} from '../../aws/aws.js'
import type {UseRealm} from '../../keycloak/keycloak.js'
import {keepPasswords, type StudentPasswords} from './student-passwords.js'

/**
 * Two runs at once both write the secret, and the last one stays. What it lacks of ours is put there again, and the
 * accounts that this run made get the passwords that are in the secret now, so that what is handed out is what works.
 *
 * @param options.made what the accounts of this run were made with, by user name
 */
export async function agreeOnPasswords(options: {
  aws: Pick<Aws, 'secrets'>
  environment: string
  useRealm: UseRealm
  made: StudentPasswords
}): Promise<StudentPasswords> {
  const {aws, environment, useRealm, made} = options
  const kept = await keepPasswords(aws.secrets, environment, made)
  const differing = new Set([...made].filter(([name, own]) => kept.get(name) !== own).map(([name]) => name))
  if (differing.size === 0) return kept
  await useRealm(async admin => {
    for (const user of await admin.users()) {
      const password = differing.has(user.username ?? '') ? kept.get(user.username ?? '') : undefined
      if (password !== undefined) await admin.setPassword(user, password)
    }
  })
  return kept
}
