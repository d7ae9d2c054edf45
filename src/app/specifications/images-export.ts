import type {ImagePlace} from '../../environment/image-set.js'
import {checkEnvironmentName} from '../../environment/names.js'
import {mainTemplate} from '../../environment/stacks.js'
import {templatesFolder} from '../../environment/templates.js'
import {invalidInput} from '../../errors.js'
import {readConfig} from '../../input/config-file.js'
import {parseDuration} from '../../input/duration.js'
import {parseImages} from '../../input/images.js'
import {readTemplateFolder, templatesIfReadable} from '../../input/template-folder.js'
import {imagesExportText} from '../../report/images-text.js'
import {paint} from '../../report/paint.js'
import {templateOf} from '../../steps/deploy/template-set.js'
import type {ExportContext} from '../../steps/images/context.js'
import {exportParameters} from '../../steps/images/export-permission.js'
import {OperationRecord} from '../../steps/stacks/record.js'
import {checkParameters} from '../../template/parameters.js'
import {exportImages} from '../../workflows/images.js'
import type {Outcome} from '../base-command.js'
import {exportCommandLineFor} from '../command-line.js'
import {confirmAccount} from '../confirm-account.js'
import type {AwsFlags} from '../flags.js'
import {openSession} from '../session.js'

type Flags = AwsFlags & {
  to: string
  yes: boolean
  timeout: string
  'account-alias': string | undefined
}

/** The work of `mcpgw images export`: look, let the build write, export, check, take the permission back. */
export async function runImagesExport(flags: Flags): Promise<Outcome> {
  const environment = checkEnvironmentName(flags.environment)
  const timeoutMs = parseDuration('timeout', flags.timeout)
  const place = parseImages(flags.to, '--to')
  refuseUnfitPlace(place)
  const {accounts: accountRules} = readConfig()
  const commandLine = exportCommandLineFor(flags)
  const record = new OperationRecord(templatesIfReadable, commandLine)
  const session = await openSession(flags, {
    command: 'images export',
    commandLine,
    timeoutMs,
    record,
    recorded: {command: 'images export'},
  })
  try {
    const {aws, clock, signal, startedAt} = session
    const context: ExportContext = {
      aws,
      clock,
      environment,
      commandLine,
      accountRules,
      place,
      overwrite: flags.yes,
      record,
    }
    await confirmAccount(flags, context, {signal, command: commandLine('images export')})
    const result = await session.show(tell => exportImages(context, {startedAt, tell, signal}))
    const colours = paint({stream: process.stdout, noColor: flags['no-color']})
    return {
      document: result,
      text: imagesExportText(result, {paint: colours, verbose: flags.verbose, commandLine}),
      exitCode: 0,
    }
  } finally {
    session.close()
  }
}

/** What the template would refuse must not first be asked of AWS. */
function refuseUnfitPlace({bucket, prefix}: ImagePlace): void {
  const [bucketName, prefixName] = exportParameters
  const template = templateOf(readTemplateFolder(templatesFolder()), mainTemplate)
  const given = {[bucketName]: bucket, [prefixName]: prefix}
  const finding = checkParameters(template, given).find(({parameter}) => Object.hasOwn(given, parameter))
  if (finding === undefined) return
  throw invalidInput(
    'INVALID_IMAGES',
    `--to: ${finding.message.replace(/\.$/, '')}.`,
    'Name a bucket and a prefix of letters, digits and hyphens, for example --to s3://my-bucket/mcp-gateway/v1.0.7/.',
  )
}
