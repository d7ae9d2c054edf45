import {BaseCommand} from '../../app/base-command.js'
import {defaultEnvironment} from '../../app/command-line.js'
import {outputFlags} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

export default class TimingsForget extends BaseCommand {
  static override summary = 'Remove what was measured: forecasts use the built-in typical times again.'
  static override description =
    'Removes one file on this machine and nothing else; the recordings of the runs stay.'
  static override examples = ['<%= config.bin %> timings forget']

  static override flags = {...outputFlags}

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(TimingsForget)
    const load = async () => (await import('../../app/specifications/timings-forget.js')).timingsForgetCommand
    // What was measured belongs to accounts, and to no environment.
    return this.runLocal(load, {...flags, environment: defaultEnvironment})
  }
}
