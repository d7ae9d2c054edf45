import {isEverybody} from '../environment/keycloak-admin.js'
import {labelOf} from '../environment/stacks.js'
import type {HiddenResult, PlannedStackResult, PlanResult} from '../results.js'
import {visibleIn} from '../visible.js'
import type {Paint} from './paint.js'
import {formatTable} from './table.js'
import {formatClock, formatMinutes, formatSeconds} from './words.js'

/** Kinds of resources named for a stack; the rest is counted. */
const namedKinds = 4
/** Rows of what is hidden. */
const mostHidden = 6

/** What plan prints: what would be made or deleted, what decides how long that takes, and what does not. */
export function planText(plan: PlanResult, options: {paint: Paint; verbose: boolean}): string {
  const result = visibleIn(plan)
  const {paint, verbose} = options
  const sections: [string, string[]][] = [
    ['RESOURCES', verbose ? everyResource(result) : counts(result)],
    ['CRITICAL PATH', path(result)],
    ['RUNNING IN PARALLEL', hidden(result)],
  ]
  return [
    headline(result, paint),
    ...sections
      .filter(([, lines]) => lines.length > 0)
      .map(([title, lines]) => [paint.bold(title), ...lines].join('\n')),
    [...comparison(result), ...staying(result), ...administration(result), caveats[result.operation]].join(
      '\n',
    ),
  ].join('\n\n')
}

const stackType = 'AWS::CloudFormation::Stack'

const caveats = {
  create:
    'All durations are typical; AWS guarantees none. The steps after the stacks (redeploying the mcpgw service, the realm, verifying) take about 3 minutes more. AWS was not called, so existing resources are not considered.',
  delete:
    'All durations are typical; AWS guarantees none. The steps after the stacks (log groups, templates, the proof that nothing remains) take some seconds more. AWS was not called: this is the teardown of a whole environment with these parameters.',
}

function headline(
  {environment, operation, region, layout, stacks, expectedSeconds}: PlanResult,
  paint: Paint,
): string {
  const resources = stacks.flatMap(stack => stack.resources).filter(({type}) => type !== stackType).length
  return `${paint.bold(environment)} in region ${region}, layout ${layout}: ${operation === 'create' ? 'deploy would create' : 'teardown would delete'} ${stacks.length} stacks with ${resources} resources, in ${paint.bold(formatMinutes(expectedSeconds))}.`
}

function counts({stacks, environment, operation}: PlanResult): string[] {
  return formatTable(
    ['STACK', operation.toUpperCase(), 'FROM', 'TO', 'MAINLY'],
    stacks.map(stack => [
      labelOf(stack.logicalId, environment),
      String(stack.resources.length),
      formatClock(stack.beginsAfterSeconds),
      formatClock(stack.beginsAfterSeconds + stack.expectedSeconds),
      kinds(stack),
    ]),
  )
}

function kinds({resources}: PlannedStackResult): string {
  const numbers = new Map<string, number>()
  for (const {type} of resources) numbers.set(type, (numbers.get(type) ?? 0) + 1)
  const sorted = [...numbers].sort(([, a], [, b]) => b - a)
  const named = sorted.slice(0, namedKinds).map(([type, number]) => `${number} ${shortType(type)}`)
  const more = sorted.length - named.length
  return [...named, ...(more > 0 ? [`${more} more kind${more === 1 ? '' : 's'}`] : [])].join(', ')
}

function everyResource({stacks, environment}: PlanResult): string[] {
  const rows = stacks.flatMap(stack =>
    stack.resources.map(({logicalId, type, action}) => [
      labelOf(stack.logicalId, environment),
      action,
      logicalId,
      type,
    ]),
  )
  return formatTable(['STACK', 'ACTION', 'RESOURCE', 'TYPE'], rows)
}

function path(result: PlanResult): string[] {
  const begun = new Set<string>()
  let done = 0
  const rows = result.criticalPath.map(({stack, logicalId, type, seconds}) => {
    done += seconds
    // What is in a stack stands between the two parts of the stack's own row.
    const end = result.operation === 'create' ? 'complete' : 'gone'
    const part = type !== stackType ? '' : begun.has(logicalId) ? ` ${end}` : ' begins'
    begun.add(logicalId)
    const times = [formatSeconds(seconds), formatClock(done)]
    return [labelIn(result, stack), `${logicalId}${part}`, ...times, shortType(type)]
  })
  // Types last: in a narrow terminal they are what continues in the next line.
  return formatTable(['STACK', 'RESOURCE', 'TAKES', 'DONE', 'TYPE'], rows)
}

function hidden(result: PlanResult): string[] {
  const rows = result.hidden
    .slice(0, mostHidden)
    .map(one => [
      labelIn(result, one.stack),
      one.logicalId,
      formatSeconds(one.seconds),
      formatSeconds(one.slackSeconds),
      shortType(one.type),
    ])
  return rows.length === 0 ? [] : formatTable(['STACK', 'RESOURCE', 'TAKES', 'SLACK', 'TYPE'], rows)
}

function comparison(result: PlanResult): string[] {
  const {expectedSeconds, serialSeconds, images, stacks} = result
  const serial =
    serialSeconds > expectedSeconds && stacks.length > 1
      ? [`One stack after another, it would take ${formatMinutes(serialSeconds)}.`]
      : []
  return images === null ? serial : [...serial, imagesLine(images, expectedSeconds)]
}

/** What outlives a teardown. */
function staying({operation, stays}: PlanResult): string[] {
  if (operation === 'create') return []
  return stays.map(({logicalId, what}) =>
    what === 'snapshot'
      ? `A final snapshot of ${logicalId} is kept, and is billed until someone deletes it.`
      : `${logicalId} is kept.`,
  )
}

/** Told where nothing was chosen: whoever has narrowed it knows. */
function administration({keycloakAdmin, operation}: PlanResult): string[] {
  return operation === 'create' && isEverybody(keycloakAdmin)
    ? ["Keycloak's administration is open to everyone who has its password (AdminCidrBlocks restricts it)."]
    : []
}

function imagesLine(images: NonNullable<PlanResult['images']>, expectedSeconds: number): string {
  const what = images.mode === 'source' ? 'Building the images from source' : 'Importing the images'
  const otherWay = images.mode === 'source' ? 'Importing them (--images)' : 'Building them from source'
  return `${what} takes ${formatMinutes(images.seconds)}${place(images)}. ${otherWay}: ${difference(images.otherwiseSeconds - expectedSeconds)}.`
}

function place({slackSeconds}: HiddenResult): string {
  return slackSeconds > 0
    ? ` beside other work: it could take ${formatSeconds(slackSeconds)} longer without delaying the deployment`
    : ' and is on the critical path'
}

function difference(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'no difference in total'
  return `${formatSeconds(Math.abs(seconds))} ${seconds < 0 ? 'less' : 'more'} in total`
}

function labelIn({stacks, environment}: PlanResult, name: string): string {
  return labelOf(stacks.find(stack => stack.name === name)?.logicalId ?? name, environment)
}

/** `EC2::Subnet` of `AWS::EC2::Subnet`. */
function shortType(type: string): string {
  return type.replace(/^AWS::/, '')
}
