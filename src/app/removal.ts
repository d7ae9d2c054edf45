import {certificateForm} from '../input/certificate-file.js'
import {readHeadStarts} from '../input/head-starts.js'

/** What `removalFlags` parse to, and `--dry-run`. */
export interface RemovalFlags {
  'dry-run': boolean
  'keep-snapshot': boolean
  'head-start': string | undefined
  express: boolean
  'force-delete-stack': boolean
  'delete-foreign': boolean
  'lift-protection': boolean
  'delete-snapshots': boolean
  certificate: string | undefined
}

/**
 * What the flags say of a removal, and what it has found out by then: nothing.
 * @throws exit code 2 for a certificate of no known form, and for words that are no head start
 */
export function removalOf(flags: RemovalFlags, {provesOnly}: {provesOnly: boolean}) {
  if (flags.certificate !== undefined) certificateForm(flags.certificate)
  return {
    provesOnly,
    keepSnapshot: flags['keep-snapshot'],
    headStarts: readHeadStarts(flags['head-start']),
    headStarted: new Set<string>(),
    express: flags.express,
    forceDelete: flags['force-delete-stack'],
    provedGone: new Set<string>(),
    deleteForeign: flags['delete-foreign'],
    liftProtection: flags['lift-protection'],
    foreseesOnly: flags['dry-run'],
    deleteSnapshots: flags['delete-snapshots'],
    cleaned: [],
    remaining: [],
    unknown: [],
  }
}
