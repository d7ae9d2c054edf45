import {BaseCommand} from '../app/base-command.js'
import {configurationFlags, executionFlags} from '../app/deploy-flags.js'
import {awsFlags, reportFlag, yesFlag} from '../app/flags.js'
import {hidden} from '../app/hidden-flags.js'
import type {Ending} from '../app/outcome.js'

/** Taken so that the call of a deployment can be checked by changing one word; no check depends on them. */
const taken = hidden({
  timeout: executionFlags.timeout,
  verify: executionFlags.verify,
  realm: executionFlags.realm,
  students: executionFlags.students,
  yes: yesFlag,
})

export default class Preflight extends BaseCommand {
  static override summary = 'Check for anything that would make a deployment fail, without changing anything.'
  static override description =
    'Runs the checks that deploy runs first: account, permissions, quotas, names already in use, existing stacks, zones, domain, images. Takes the flags of deploy. The exit code is 3 when a check blocks the deployment.'
  static override examples = [
    '<%= config.bin %> preflight --rehearse',
    '<%= config.bin %> preflight --images s3://my-bucket/mcp-gateway/v1.0.7/',
    '<%= config.bin %> preflight --skip-check permissions --json',
  ]

  static override flags = {
    ...awsFlags,
    output: reportFlag,
    ...configurationFlags,
    ...executionFlags,
    ...taken,
  }

  protected override async perform(): Promise<Ending> {
    const {flags} = await this.parse(Preflight)
    const load = async () => (await import('../app/specifications/preflight.js')).preflightCommand
    return this.runSpecified(load, flags)
  }
}
