import type {TimingsForgetResult, TimingsImportResult, TimingsShowResult} from '../results.js'
import {formatTable} from './table.js'

export function timingsText({file, timings}: TimingsShowResult): string {
  if (timings.length === 0)
    return `No run has measured anything yet: forecasts use the built-in typical times.\nMeasurements will be kept in ${file}.`
  const rows = timings.map(({place, action, stack, logicalId, usualSeconds, measured}) => [
    place,
    action,
    `${stack}/${logicalId}`,
    `${usualSeconds} s`,
    String(measured.length),
  ])
  return [
    ...formatTable(['PLACE', 'ACTION', 'RESOURCE', 'USUALLY', 'RUNS'], rows),
    '',
    `Kept in ${file}`,
  ].join('\n')
}

export function timingsImportText({imported, from, file}: TimingsImportResult): string {
  return `Took over the times of ${imported} resources from ${from} into ${file}.`
}

export function timingsForgetText({forgotten, file}: TimingsForgetResult): string {
  return forgotten
    ? `Removed ${file}: forecasts use the built-in typical times again.`
    : `There was nothing to forget: ${file} does not exist.`
}
