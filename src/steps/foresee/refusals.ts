import {McpgwError} from '../../errors.js'
import type {ForeseenExport, ForeseenInterruption, ForeseenLoss, ForeseenUpdate} from '../../foreseen.js'
import {listed} from '../listed.js'

/** Why an update cannot be made: CloudFormation changes no export that is in use, and would take all of it back. */
export function exportsRefusal(foreseen: ForeseenUpdate, deploy: string): McpgwError | undefined {
  const {exports} = foreseen
  if (exports.length === 0) return undefined
  const [they, them] = exports.length === 1 ? ['1 export', 'it'] : [`${exports.length} exports`, 'them']
  return new McpgwError(
    `This update would change ${they} in use: CloudFormation does not allow that while a stack imports ${them}, and would roll the update back. Nothing was changed.`,
    {
      code: 'EXPORTS_IN_USE',
      exitCode: 3,
      points: exports.map(exportWords),
      hint: `Omit the new values, or start over: \`${deploy} --replace\`. Users and their passwords, and everything that was registered, are then lost, and the addresses change.`,
      foreseen,
    },
  )
}

/** Why an update is not made unasked: what holds data would be replaced or removed. */
export function lossRefusal(foreseen: ForeseenUpdate, deploy: string): McpgwError | undefined {
  const {data} = foreseen
  if (data.length === 0) return undefined
  const what = data.length === 1 ? 'a resource that holds data' : `${data.length} resources that hold data`
  return new McpgwError(`This update would replace or remove ${what}. Nothing was changed.`, {
    code: 'DATA_WOULD_BE_LOST',
    exitCode: 3,
    points: data.map(lossWords),
    hint: `Omit the new values, or run \`${deploy} --replace-data\` if the data may be lost; --yes alone is not enough.`,
    foreseen,
  })
}

/** Why an update is not made where nobody can be asked: what people and services work with now would stop, or move. */
export function interruptionRefusal(foreseen: ForeseenUpdate, deploy: string): McpgwError | undefined {
  const {interrupted} = foreseen
  if (interrupted.length === 0) return undefined
  return new McpgwError(`This update would interrupt what is in use. Nothing was changed.`, {
    code: 'WOULD_INTERRUPT',
    exitCode: 3,
    points: interrupted.map(interruptionWords),
    hint: `Omit the new values, or run \`${deploy} --yes\` when the environment is not in use.`,
    foreseen,
  })
}

/** One line: which resource, what happens to it, and what that means. */
export function interruptionWords({
  stack,
  logicalId,
  type,
  sure,
  what,
  effect,
}: ForeseenInterruption): string {
  const happens = what === 'removed' ? 'is removed' : `${sure ? 'is' : 'may be'} ${what}`
  return `${stack}/${logicalId} (${type}) ${happens}: ${effect}`
}

function exportWords({name, stack, usedBy}: ForeseenExport): string {
  return `${name} of stack ${stack}, used by ${listed(usedBy)}`
}

/** One line: which resource, what happens to it, what is lost. */
export function lossWords({stack, logicalId, type, sure, what, lost}: ForeseenLoss): string {
  const happens =
    what === 'removed'
      ? 'is removed'
      : sure
        ? 'is replaced by an empty one'
        : 'may be replaced by an empty one'
  return `${stack}/${logicalId} (${type}) ${happens}; lost: ${lost}`
}

/** What an update would do, in one line; undefined when it would do nothing. */
export function updateWords({added, modified, removed, replaced}: ForeseenUpdate): string | undefined {
  if (added + modified + removed === 0) return undefined
  const counts = [
    [modified, 'changed'],
    [added, 'new'],
    [removed, 'removed'],
  ] as const
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  const surely = replaced.filter(({sure}) => sure).map(({logicalId}) => logicalId)
  const maybe = replaced.filter(({sure}) => !sure).map(({logicalId}) => logicalId)
  const words = [
    surely.length > 0 && `replaced: ${listed(surely)}`,
    maybe.length > 0 && `perhaps replaced: ${listed(maybe)}`,
  ].filter(Boolean)
  const noun = added + modified + removed === 1 ? 'resource' : 'resources'
  return [`The update: ${parts.join(', ')} ${noun}`, ...words].join('; ')
}
