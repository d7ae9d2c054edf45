import * as Flags from '@oclif/core/flags'
import {BaseCommand} from '../../app/base-command.js'
import {defaultEnvironment} from '../../app/command-line.js'
import {outputFlags} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

export default class TimingsImport extends BaseCommand {
  static override summary = 'Add what was measured on another machine.'
  static override description =
    'The file is checked to the last value before anything is changed. Of a resource that both know, the imported times count as the newer ones; at most five are kept.'
  static override examples = ['<%= config.bin %> timings import --from timings.json']

  static override flags = {
    ...outputFlags,
    from: Flags.string({
      description: 'File that `mcpgw timings export` has written; - is standard input.',
      required: true,
      env: 'MCPGW_TIMINGS_FROM',
      helpValue: 'FILE|-',
    }),
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(TimingsImport)
    const load = async () => (await import('../../app/specifications/timings-import.js')).timingsImportCommand
    // What was measured belongs to accounts, and to no environment.
    return this.runLocal(load, {...flags, environment: defaultEnvironment})
  }
}
