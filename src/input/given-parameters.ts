import {invalidInput} from '../errors.js'
import type {GivenParameter} from './given-parameter.js'
import {readParametersFile} from './parameters-file.js'

/**
 * Everything the user gave, `--set` after (and over) the file.
 * @param options.note told of what stands in the file and is not used
 * @throws exit code 2, naming flag, file and line
 */
export async function givenParameters(options: {
  file: string | undefined
  set: readonly string[]
  note?(text: string): void
}): Promise<ReadonlyMap<string, GivenParameter>> {
  const given = new Map<string, GivenParameter>()
  if (options.file !== undefined) {
    for (const parameter of await readParametersFile(options.file, options.note))
      given.set(parameter.name, parameter)
  }
  const fromFlags = options.set.map(parseSet)
  for (const [index, parameter] of fromFlags.entries()) {
    if (fromFlags.findIndex(({name}) => name === parameter.name) !== index) {
      throw invalidInput(
        'DUPLICATE_PARAMETER',
        `--set gives ${parameter.name} twice.`,
        `Give ${parameter.name} once.`,
      )
    }
    given.set(parameter.name, parameter)
  }
  return given
}

/** Characters of a wrong name that are repeated: the names of the templates are shorter. */
const longestName = 60

function parseSet(text: string): GivenParameter {
  const separator = text.indexOf('=')
  const name = text.slice(0, separator)
  if (separator < 1 || !/^[A-Za-z0-9]+$/.test(name)) {
    // The text may hold a password: only the part before an equals sign is ever repeated.
    const shown =
      separator === -1
        ? 'a value without "="'
        : `the name "${name.length > longestName ? `${name.slice(0, longestName)}…` : name}"`
    throw invalidInput(
      'INVALID_SET',
      `--set must be Key=Value, but got ${shown}.`,
      'Give a parameter of the templates, for example --set TargetCpuUtilization=60.',
    )
  }
  return {name, value: text.slice(separator + 1), from: '--set'}
}
