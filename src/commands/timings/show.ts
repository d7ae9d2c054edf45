import {BaseCommand} from '../../app/base-command.js'
import {defaultEnvironment} from '../../app/command-line.js'
import {outputFlags} from '../../app/flags.js'
import type {Ending} from '../../app/outcome.js'

export default class TimingsShow extends BaseCommand {
  static override summary = 'Show how long resources took in the last runs, which is what forecasts count on.'
  static override description =
    'Only reads a file on this machine. Every recorded deploy and teardown adds to it: at most five times of each resource, by account, region and action. Rehearsals are kept apart, in account time.'
  static override examples = ['<%= config.bin %> timings show']

  static override flags = {...outputFlags}

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(TimingsShow)
    const load = async () => (await import('../../app/specifications/timings-show.js')).timingsShowCommand
    // What was measured belongs to accounts, and to no environment.
    return this.runLocal(load, {...flags, environment: defaultEnvironment})
  }
}
