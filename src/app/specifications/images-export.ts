import type {ImagePlace} from '../../environment/image-set.js'
import {mainTemplate} from '../../environment/stacks.js'
import {templatesFolder} from '../../environment/templates.js'
import {invalidInput} from '../../errors.js'
import {parseImages} from '../../input/images.js'
import {readTemplateFolder} from '../../input/template-folder.js'
import {imagesExportText} from '../../report/images-text.js'
import type {ImagesExportResult} from '../../results.js'
import {templateOf} from '../../steps/deploy/template-set.js'
import type {ExportContext} from '../../steps/images/context.js'
import {exportParameters} from '../../steps/images/export-permission.js'
import {checkParameters} from '../../template/parameters.js'
import {exportImages} from '../../workflows/images.js'
import {exportCommandLineFor} from '../command-line.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

type Flags = CommonFlags & {
  to: string
  yes: boolean
  timeout: string
  'account-alias': string | undefined
}

/** `mcpgw images export`: looks, lets the build write, exports, checks, takes the permission back. */
export const imagesExportCommand: CommandSpecification<Flags, ExportContext, ImagesExportResult> = {
  name: 'images export',
  follows: true,
  account: 'confirmed',
  commandLine: exportCommandLineFor,
  read: ({to, yes: overwrite}) => ({place: exportPlace(to), overwrite}),
  recorded: () => ({command: 'images export'}),
  work: exportImages,
  words: (result, {flags, context, paint}) =>
    imagesExportText(result, {
      paint,
      verbose: flags.verbose,
      clock: context.clock,
      commandLine: context.commandLine,
    }),
}

/** What the template would refuse must not first be asked of AWS. */
function exportPlace(to: string): ImagePlace {
  const place = parseImages(to, '--to')
  const [bucketName, prefixName] = exportParameters
  const template = templateOf(readTemplateFolder(templatesFolder()), mainTemplate)
  const given = {[bucketName]: place.bucket, [prefixName]: place.prefix}
  const finding = checkParameters(template, given).find(({parameter}) => Object.hasOwn(given, parameter))
  if (finding === undefined) return place
  throw invalidInput(
    'INVALID_IMAGES',
    `--to: ${finding.message.replace(/\.$/, '')}.`,
    'Name a bucket and a prefix of letters, digits and hyphens, for example --to s3://my-bucket/mcp-gateway/v1.0.7/.',
  )
}
