import {takeStudents} from '../../input/students.js'
import {realmText} from '../../report/realm-text.js'
import type {RealmResult} from '../../results.js'
import type {RealmContext} from '../../steps/realm/context.js'
import {realm, realmSurvey} from '../../workflows/realm.js'
import {realmCommandLineFor} from '../command-line.js'
import type {SecretsFlags} from '../secrets-flags.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags &
  SecretsFlags & {students: string | undefined; timeout: string; 'account-alias': string | undefined}

/** `mcpgw realm`: finds the environment, makes what its realm lacks, and says what that was. */
export const realmCommand: CommandSpecification<Flags, RealmContext, RealmResult> = {
  name: 'realm',
  follows: true,
  account: 'confirmed',
  commandLine: realmCommandLineFor,
  read: (flags, given) => ({students: takeStudents(given, flags.students).students}),
  survey: realmSurvey,
  work: realm,
  words: (result, {flags, context, paint}) =>
    realmText(result, {
      paint,
      verbose: flags.verbose,
      clock: context.clock,
      commandLine: context.commandLine,
    }),
}
