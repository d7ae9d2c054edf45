import {shell} from '../aws/command-line.js'
import type {Clock} from '../clock.js'
import {addressOf} from '../environment/image-set.js'
import type {ImageSetResult, ImagesExportResult, ImageTarballResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'
import {callLines, formatBytes, formatTook} from './words.js'

const checkedWords = {
  sha256: 'checksum, by S3',
  size: 'size',
  name: 'name only',
} satisfies Record<ImageTarballResult['checkedBy'], string>

/** What `images check` prints: a table, what is wrong and what to do, and the verdict. */
export function imageSetText(found: ImageSetResult, paint: Paint): string {
  const set = visibleIn(found)
  const {images, reason, ok} = set
  const [head = '', ...rows] = formatTable(
    ['IMAGE', 'SIZE', 'CHECKED BY', '', 'TARBALL'],
    images.map(image => [
      image.name,
      image.bytes === null ? '-' : formatBytes(image.bytes),
      image.bytes === null ? '-' : checkedWords[image.checkedBy],
      image.ok ? 'ok' : 'WRONG',
      image.tarball,
    ]),
  )
  const wrong = images
    .filter(image => !image.ok)
    .map(({name, reason}) => `${paint.red(`✖ ${name}:`)} ${reason}`)
  const problems = [...wrong, reason && `${paint.red('✖ The set:')} ${reason}`].filter(Boolean)
  const verdict = ok ? paint.green(`✔ ${goodWords(set)}`) : paint.red(`✖ ${badWords(set)}`)
  return [[paint.bold(head), ...rows].join('\n'), problems.join('\n'), verdict].filter(Boolean).join('\n\n')
}

/** What `images export` prints at its end. */
export function imagesExportText(
  result: ImagesExportResult,
  options: {
    paint: Paint
    verbose: boolean
    clock: Pick<Clock, 'label'>
    commandLine(command: string): string
  },
): string {
  const {environment, build, operation, set, durationSeconds, apiCalls} = visibleIn(result)
  const {paint, verbose, clock, commandLine} = options
  const address = addressOf(set)
  const what = {
    export: 'were exported',
    attached: 'were exported, by an export that ran already',
    none: 'had been exported there already: nothing had to be done',
  }[operation]
  const took = build === null ? '' : `, the build alone ${formatTook(build.durationSeconds, clock)}`
  return [
    `The images of ${paint.bold(environment)} ${what} (${formatTook(durationSeconds, clock)}${took}).`,
    imageSetText(set, paint),
    [paint.bold('NEXT'), `Import them  ${commandLine('deploy')}${shell` --images ${address}`}`].join('\n'),
    verbose ? [paint.bold('AWS CALLS'), ...callLines(apiCalls)].join('\n') : '',
  ]
    .filter(Boolean)
    .join('\n\n')
}

function goodWords(set: ImageSetResult): string {
  const whole = `${addressOf(set)} holds all ${set.images.length} images`
  if (set.version === null) return `${whole}; nothing in the set says of which version.`
  const commit = set.sourceCommit === null ? '' : `, commit ${set.sourceCommit.slice(0, 12)}`
  return `${whole} of version ${set.version}${commit}, exported ${set.exportedAt}.`
}

function badWords(set: ImageSetResult): string {
  const bad = set.images.filter(({ok}) => !ok).length
  if (bad === 0) return `${addressOf(set)} is not to be used as it is.`
  return `${addressOf(set)} is not complete: ${bad} of ${set.images.length} images are missing or wrong.`
}
