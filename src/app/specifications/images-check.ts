import {parseImages} from '../../input/images.js'
import {wantedVersion} from '../../input/wanted-version.js'
import {imageSetText} from '../../report/images-text.js'
import type {ImageSetResult} from '../../results.js'
import type {ImageSetContext} from '../../steps/images/context.js'
import {checkImages} from '../../workflows/images.js'
import type {CommandSpecification, CommonFlags} from '../specification.js'

/** `mcpgw images check`: looks once and reports. */
export const imagesCheckCommand: CommandSpecification<
  CommonFlags & {from: string},
  ImageSetContext,
  ImageSetResult
> = {
  name: 'images check',
  read: ({from}) => ({place: parseImages(from, '--from'), expectedVersion: wantedVersion()}),
  work: checkImages,
  words: (set, {paint}) => imageSetText(set, paint),
  exitCode: ({ok}) => (ok ? 0 : 1),
}
