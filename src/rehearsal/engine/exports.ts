import type {Region} from '../account/account.js'
import type {Stack, StackOutput} from '../account/stack.js'
import {StackIndex} from './stack-index.js'

/** Every export of a region by name, with the stack it comes from. */
export function exportsIn(region: Region): Map<string, {value: string; stack: Stack}> {
  const exports = new Map<string, {value: string; stack: Stack}>()
  for (const stack of Object.values(region.stacks)) {
    for (const {exportName, value} of stack.outputs) {
      if (exportName !== undefined) exports.set(exportName, {value, stack})
    }
  }
  return exports
}

const exporters = new StackIndex((stack, name) => stack.outputs.some(({exportName}) => exportName === name))

/** One export, with the stack it comes from. */
export function exportNamed(region: Region, name: string): {value: string; stack: Stack} | undefined {
  const stack = exporters.find(region, name)
  const output = stack?.outputs.find(({exportName}) => exportName === name)
  return stack && output && {value: output.value, stack}
}

/** `A, B and C`. */
const listing = new Intl.ListFormat('en-GB')

/** Names of live stacks that read an export. */
export function importersOf(region: Region, exportName: string): string[] {
  return Object.values(region.stacks)
    .filter(stack => stack.status !== 'DELETE_COMPLETE' && stack.imports.includes(exportName))
    .map(stack => stack.name)
}

/**
 * Why an update may not turn a stack's exports into `after`, or undefined: what others read must stay as it is.
 * Source: CloudFormation user guide, "Exporting stack output values".
 */
export function exportChangeInUse(
  region: Region,
  stack: Stack,
  after: readonly StackOutput[],
): string | undefined {
  for (const {exportName, value} of stack.outputs) {
    if (exportName === undefined) continue
    const kept = after.find(output => output.exportName === exportName)
    if (kept?.value === value) continue
    const [importer] = importersOf(region, exportName).filter(name => name !== stack.name)
    if (importer === undefined) continue
    return kept
      ? `Export ${exportName} cannot be updated as it is in use by ${importer}`
      : `Export ${exportName} cannot be deleted as it is in use by ${importer}`
  }
  return undefined
}

/**
 * Why a stack's exports forbid its deletion, or undefined.
 * Source: CloudFormation user guide, "Exporting stack output values"; the words of it in public logs.
 */
export function exportInUse(region: Region, stack: Stack): string | undefined {
  for (const {exportName} of stack.outputs) {
    if (exportName === undefined) continue
    const importers = importersOf(region, exportName).filter(name => name !== stack.name)
    if (importers.length === 0) continue
    const users = listing.format(importers)
    return `Delete canceled. Cannot delete export ${exportName} as it is in use by ${users}.`
  }
  return undefined
}
