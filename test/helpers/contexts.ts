import type {Clock} from '../../src/clock.js'
import {childStacks, mainTemplate} from '../../src/environment/stacks.js'
import type {ProgressEvent} from '../../src/progress.js'
import type {DeployContext, DeploySettings} from '../../src/steps/deploy/context.js'
import type {TemplateSet} from '../../src/steps/deploy/template-set.js'
import {OperationRecord} from '../../src/steps/stacks/record.js'
import type {TeardownContext} from '../../src/steps/teardown/context.js'
import type {CheckTarget} from '../../src/steps/verify/check-target.js'
import {parseTemplate} from '../../src/template/index.js'
import type {FakeAws} from './fake-aws.js'
import {virtualClock} from './virtual-clock.js'

const child = `
Parameters:
  EnvironmentName: {Type: String}
  TargetCpuUtilization: {Type: Number, Default: 70, MinValue: 1, MaxValue: 100}
Resources:
  One: {Type: 'AWS::SNS::Topic'}
`
const main = `
Parameters:
  EnvironmentName: {Type: String}
  TemplateS3Bucket: {Type: String}
  TemplateS3Prefix: {Type: String, Default: ''}
  CloudFrontPrefixListId: {Type: String, Default: ''}
  TargetCpuUtilization: {Type: Number, Default: 70, MinValue: 1, MaxValue: 100}
  AdminPassword: {Type: String, Default: '', NoEcho: true}
Resources:
${childStacks.map(({logicalId}) => `  ${logicalId}: {Type: 'AWS::CloudFormation::Stack', Properties: {Parameters: {EnvironmentName: !Ref EnvironmentName}}}`).join('\n')}
`

let read: TemplateSet | undefined

/** Five small templates. */
export function smallTemplates(): TemplateSet {
  read ??= readSmallTemplates()
  return read
}

function readSmallTemplates(): TemplateSet {
  const texts = [[mainTemplate, main], ...childStacks.map(({template}) => [template, child])] as [
    string,
    string,
  ][]
  const files = texts.map(
    ([name, text]) => [name, {name, text, template: parseTemplate(text, name)}] as const,
  )
  return {folder: 'templates', files: new Map(files), digest: '0123456789ab'}
}

const commandLine = (command: string) => `mcpgw ${command} --environment demo`

export function deployContext(
  aws: FakeAws,
  clock: Clock,
  settings: Partial<DeploySettings> = {},
): DeployContext {
  return {
    aws,
    clock,
    environment: 'demo',
    commandLine,
    record: new OperationRecord(),
    operations: new Map(),
    foreseenStacks: new Set(),
    settings: {
      layout: 'nested',
      templates: smallTemplates(),
      parameters: {},
      templateBucket: undefined,
      templatePrefix: undefined,
      replace: false,
      replaceData: false,
      repair: false,
      acceptedLosses: [],
      onFailure: 'rollback',
      express: false,
      verify: true,
      realm: false,
      students: undefined,
      skippedChecks: [],
      ...settings,
    },
  }
}

export function teardownContext(aws: FakeAws, clock: Clock): TeardownContext {
  return {
    aws,
    clock,
    environment: 'demo',
    commandLine,
    record: new OperationRecord(),
    keepSnapshot: false,
    headStarts: new Set(),
    headStarted: new Set(),
    express: false,
    forceDelete: false,
    provedGone: new Set<string>(),
    deleteForeign: false,
    liftProtection: false,
    foreseesOnly: false,
    deleteSnapshots: false,
    provesOnly: false,
    cleaned: [],
    remaining: [],
    unknown: [],
  }
}

export function checkTarget(aws: FakeAws): CheckTarget {
  return {
    aws,
    clock: virtualClock(),
    environment: 'demo',
    layout: 'nested',
    outputs: aws.stacks.outputs,
    hasDomain: false,
    links: false,
    signal: new AbortController().signal,
    commandLine,
  }
}

/** A sink that keeps what it is told. */
export function listener(): {events: ProgressEvent[]; tell(event: ProgressEvent): void; notes(): string[]} {
  const events: ProgressEvent[] = []
  return {
    events,
    tell: event => {
      events.push(event)
    },
    notes: () => events.flatMap(event => (event.kind === 'note' ? [event.text] : [])),
  }
}
