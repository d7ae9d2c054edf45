import {nearestName} from '../../template/nearest-name.js'
import {catalogue, type FaultKind, type FaultKindEntry, faultKinds, timing} from './catalogue.js'
import type {Fault} from './fault.js'
import {FaultError} from './fault-error.js'
import {wordsOf} from './line.js'

/** In place of a fault: the others that were set before are removed. */
export const clearFaults = 'clear'

/**
 * The fault that a line means: `KIND [WHERE] [name=value …] [once|always]`. A value with spaces goes in quotes.
 * @throws FaultError
 */
export function parseFault(line: string): Fault {
  const [first, ...rest] = wordsOf(line)
  if (!first || first.name !== undefined) throw unknownKind(line.trim().split(/\s/)[0] ?? '')
  const entries = rest.flatMap(({name, value}, index): [string, string][] => {
    if (name !== undefined) return [[name, value]]
    if (value === 'once') return [['times', '1']]
    if (value === 'always') return []
    if (index === 0) return [['where', value]]
    throw new FaultError(`${value} is no word of a fault.`, `Write name=value: ${shape(kindOf(first.value))}`)
  })
  return faultOf(first.value, entries)
}

/** The fault of a kind with these values by name, `where` among them. @throws FaultError */
export function faultOf(
  kindName: string,
  entries: readonly (readonly [name: string, value: string])[],
): Fault {
  const kind = kindOf(kindName)
  const entry: FaultKindEntry = catalogue[kind]
  const twice = entries.find(([name], index) => entries.findIndex(([other]) => other === name) !== index)
  if (twice) throw new FaultError(`${twice[0]} is given twice.`, `Give it once: ${shape(kind)}`)
  const given = new Map(entries)
  const where = given.get('where') ?? entry.everywhere
  if (where === undefined) throw new FaultError(`${kind} needs ${entry.where.wanted}.`, shape(kind))
  if (entry.where.read(where) === undefined) {
    throw new FaultError(`${where} is not ${entry.where.wanted}.`, `Write ${shape(kind)}`)
  }
  given.delete('where')
  const timings = Object.entries(timing).filter(
    ([name, {natures}]) =>
      (natures as readonly string[]).includes(entry.nature) && !(name === 'region' && entry.everyRegion),
  )
  const known = {...entry.options, ...Object.fromEntries(timings.map(([name, {reader}]) => [name, reader]))}
  const read = (name: string, text: string): unknown => {
    const reader = Object.hasOwn(known, name) ? known[name] : undefined
    if (!reader) throw unknownOption(kind, name, Object.keys(known))
    const value = reader.read(text)
    if (value === undefined)
      throw new FaultError(`${name} is ${reader.wanted}, not ${text}.`, `Write ${shape(kind)}`)
    return value
  }
  const values = [...given].map(([name, text]) => [name, read(name, text)] as const)
  const missing = entry.needs?.find(name => !given.has(name))
  if (missing) throw new FaultError(`${kind} needs ${missing}=….`, `Write ${shape(kind)}`)
  const isTiming = ([name]: readonly [string, unknown]) => Object.hasOwn(timing, name)
  return {
    kind,
    where,
    options: Object.fromEntries(values.filter(value => !isTiming(value))),
    timing: Object.fromEntries(values.filter(isTiming)),
  } as Fault
}

/** @throws McpgwError INVALID_FAULT for the first of these lines that means no fault, and not `clear` either. */
export function checkFaults(lines: readonly string[]): void {
  for (const line of lines) checkFault(line, `The fault "${line}"`)
}

/** As `checkFaults` for one line; `from` says where it was given. */
export function checkFault(line: string, from: string): void {
  try {
    if (line !== clearFaults) parseFault(line)
  } catch (error) {
    if (error instanceof FaultError) throw error.asFailure(from)
    throw error
  }
}

function kindOf(name: string): FaultKind {
  const kind = faultKinds.find(known => known === name)
  if (!kind) throw unknownKind(name)
  return kind
}

function unknownKind(name: string): FaultError {
  const meant = nearestName(name, faultKinds)
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`
  const subject = name === '' ? 'a fault begins with its kind.' : `${name} is no kind of fault.`
  return new FaultError(`${subject}${question}`, `The kinds are ${faultKinds.join(', ')}.`)
}

function unknownOption(kind: FaultKind, name: string, known: readonly string[]): FaultError {
  const meant = nearestName(name, known)
  const question = meant === undefined ? '' : ` Did you mean ${meant}?`
  return new FaultError(`${kind} does not know ${name}.${question}`, `It knows ${known.join(', ')}.`)
}

function shape(kind: FaultKind): string {
  return `for example: ${catalogue[kind].example}`
}
