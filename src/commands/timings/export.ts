import {BaseCommand} from '../../app/base-command.js'
import {defaultEnvironment} from '../../app/command-line.js'
import {outputFlags} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

export default class TimingsExport extends BaseCommand {
  static override summary = 'Print what was measured as JSON, for another machine.'
  static override description =
    'The file holds account numbers, regions, logical ids, types and seconds, and nothing else.'
  static override examples = ['<%= config.bin %> timings export > timings.json']

  static override flags = {...outputFlags}

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(TimingsExport)
    const load = async () => (await import('../../app/specifications/timings-export.js')).timingsExportCommand
    // What was measured belongs to accounts, and to no environment.
    return this.runLocal(load, {...flags, environment: defaultEnvironment})
  }
}
